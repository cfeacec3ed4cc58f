/** Names that somebody chose to break out of a log, of Markdown, of HTML or of a table. */
export const payloads: readonly string[] = [
  '::error::x', '::set-output name=x::y', 'a\n::add-mask::secret', 'a\r::stop-commands::t', '##[error]x', '##[command]x', ' ##[group]', '\u2028::error::x', '\u0085::warning::x', '%0A::error::x',
  '\u001b[2J\u001b[31mred', '\u001b]8;;http://x\u0007link', '\u0007', '\u0000', '\u202egnp.exe', '\u2066a\u2069', '\u200bzero', '\ufefftop',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</code><b>x</b>', '</details>', '<!-- x', '--><h1>x', '<a href="javascript:alert(1)">x</a>', '&lt;b&gt;', '&#60;b&#62;',
  'a|b', 'a\\|b', '`x`', '```\nx\n```', '``x``', '**x**', '__x__', '~~x~~', '[x](http://x)', '![x](http://x)', '[x]: http://x', 'http://evil.example/x', 'www.evil.example', 'a@evil.example', '@team/all', '#1', 'owner/repo#1', 'GH-1',
  '$x^2$', '$$x$$', '- [ ] x', '# x', '> x', '1. x', '---', ':tada:', '{{x}}', '${{ secrets.TOKEN }}', '=cmd()', 'x'.repeat(10_000), '\ud800', '../../etc/passwd', 'a b\tc', 'javascript:alert(1)', ')<b>', '"onmouseover="x',
];
