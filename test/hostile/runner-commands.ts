/**
 * The commands that GitHub's runner takes from a step's output. Source: TryParseV2 (`::name props::data` at the start of a line, blanks aside)
 * and TryParse (`##[name props]data` anywhere in it) of src/Runner.Common/ActionCommand.cs in actions/runner.
 */
export function commandsIn(output: string): string[] {
  return output.split(/\r\n|[\n\r\u0085\u2028\u2029]/).flatMap((line) => {
    const second = /^\s*::([^:\s]+)(?: [^:]*)?::/.exec(line);
    const first = /##\[([^\]\s]+)[^\]]*\]/.exec(line);
    return second?.[1] ?? first?.[1] ?? [];
  });
}
