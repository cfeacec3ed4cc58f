// What Lambda's own runtime for Node does with a function: asks for events one after the other, and hands on what it answers.
const [file] = process.argv.slice(2);
const { handler } = await import(file);
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const answer = await handler(await next.json());
  await fetch(`${api}/${id}/response`, { method: 'POST', body: JSON.stringify(answer) });
}
