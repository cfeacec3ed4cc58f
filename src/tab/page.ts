import { Desk, type Ending, type Progress } from './desk.ts';
import { part } from './draw.ts';
import { chosen, dropped } from './dropped.ts';
import { type GivenFile, guess, joined, ordered } from './given.ts';
import type { Order } from './orders.ts';
import { showGiven } from './show-given.ts';
import { showOutcome } from './show-outcome.ts';
import { settingsNow, showSeen } from './show-seen.ts';

const desk = new Desk();
let given: GivenFile[] = [];
/** Jobs that were asked for. */
let turns = 0;

/** The example's files beside the page. */
const example = ['badnet.h5', 'clean_valid.h5', 'poisoned_valid.h5', 'clean_test.h5', 'poisoned_test.h5'];

const [filesInput, folderInput] = [part<HTMLInputElement>('files-input'), part<HTMLInputElement>('folder-input')];
part('choose-files').onclick = () => filesInput.click();
part('choose-folder').onclick = () => folderInput.click();
for (const input of [filesInput, folderInput])
  input.onchange = () => {
    const now = chosen(input.files ?? []);
    input.value = ''; // so that the same files can be chosen again
    void take(joined(given, now));
  };

part('example').onclick = () => void tryExample();
part('stop').onclick = () => {
  desk.stop();
  part('choose-files').focus();
};
part<HTMLFormElement>('settings').onsubmit = (event) => {
  event.preventDefault();
  void run();
};

const drop = part('drop');
addEventListener('dragover', (event) => {
  event.preventDefault();
  drop.classList.add('over');
});
addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) drop.classList.remove('over');
});
addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  if (event.dataTransfer !== null) void dropped(event.dataTransfer).then((now) => take(joined(given, now)), complain);
});

/** Takes these files for those that there are, and looks at the model among them. Answers whether it could be read. */
async function take(all: GivenFile[]): Promise<boolean> {
  desk.stop();
  given = all;
  part('seen').hidden = part('outcome').hidden = true;
  settle();
  showGiven(part('given'), given, (changed) => void take(changed));
  const ending = await asked('inspect', {});
  if (ending?.told !== 'inspected') return false;
  showSeen(ending.seen);
  say('The model was read. Limits and repairs can be chosen now.');
  return true;
}

async function run(): Promise<void> {
  part('outcome').hidden = true;
  const ending = await asked('defend', settingsNow());
  if (ending?.told !== 'defended') return;
  showOutcome(ending.outcome);
  say(ending.outcome.sentence);
  part('outcome-name').focus();
}

async function tryExample(): Promise<void> {
  try {
    const files = await Promise.all(example.map(fetched));
    if (await take(files)) await run();
  } catch (error) {
    complain(error);
  }
}

async function fetched(name: string): Promise<GivenFile> {
  const answer = await fetch(`example/${name}`);
  if (!answer.ok) throw new Error(`${name}: cannot be loaded (${answer.status})`);
  return { name, files: [[name, await answer.blob()]], isFolder: false, role: guess(name, false) };
}

/** Has the worker do a job with the files that there are; null where it comes to nothing, which is told. */
async function asked(job: Order['job'], settings: Order['settings']): Promise<Ending | null> {
  settle();
  const turn = ++turns;
  try {
    const order = ordered(given);
    if (order === null) return null;
    show({ doing: job === 'inspect' ? 'reading the model' : 'starting', done: 0, total: 0 });
    const ending = await desk.ask({ ...order, job, settings: { ...order.settings, ...settings } }, show);
    if (turn !== turns) return null; // other files were given meanwhile
    if (ending === null) say('Stopped.');
    settle();
    if (ending?.told === 'refused') complain(ending.line);
    if (ending?.told === 'bug') complain(ending.trace);
    return ending;
  } catch (error) {
    complain(error);
    return null;
  }
}

let announced = '';

/** Shows how far a job has come; only what it is at is said aloud. */
function show({ doing, done, total }: Omit<Progress, 'told'>): void {
  part('work').hidden = false;
  const of = total === 0 ? '' : `: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  part('doing').textContent = `${doing}${of}`;
  const bar = part<HTMLProgressElement>('bar');
  if (total === 0) bar.removeAttribute('value');
  else bar.value = done / total;
  if (doing !== announced) say(doing);
  announced = doing;
}

/** Nothing is at work, and nothing wrong. */
function settle(): void {
  part('work').hidden = part('problem').hidden = true;
  announced = '';
}

const say = (words: string): void => {
  part('status').textContent = words;
};

function complain(error: unknown): void {
  settle();
  const problem = part('problem');
  problem.hidden = false;
  problem.textContent = error instanceof Error ? error.message : String(error);
}
