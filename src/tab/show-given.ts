import { element, part, sizeText, table } from './draw.ts';
import { bytesIn, type GivenFile, type Role, roles } from './given.ts';

/** Shows the files that were given, and lets their user say what each is, or leave it out. */
export function showGiven(
  place: HTMLElement,
  given: readonly GivenFile[],
  change: (changed: GivenFile[]) => void,
): void {
  if (given.length === 0) return place.replaceChildren();
  const rows = given.map((each, i) => {
    const choice = element('select', { id: `role-${i}`, ariaLabel: `What ${each.name} is` });
    for (const [role, words] of Object.entries(roles))
      choice.append(element('option', { value: role, selected: role === each.role }, words));
    choice.onchange = () => {
      change(given.map((other) => (other === each ? { ...each, role: choice.value as Role } : other)));
      part(choice.id).focus(); // the one that is drawn in its place
    };
    const leave = element('button', { type: 'button', ariaLabel: `Leave out ${each.name}` }, 'Leave out');
    leave.onclick = () => {
      change(given.filter((other) => other !== each));
      part('choose-files').focus();
    };
    const name = element('code', {}, each.isFolder ? `${each.name}/` : each.name);
    const files = each.isFolder ? `${each.files.length.toLocaleString('en')} files, ` : '';
    return { cells: [name, choice, `${files}${sizeText(bytesIn(each))}`, leave] };
  });
  place.replaceChildren(
    table(
      'Files, and what each is',
      ['file', 'what it is', 'size', element('span', { className: 'hidden' }, 'leave out')],
      rows,
    ),
  );
}
