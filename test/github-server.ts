import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach } from 'vitest';

/** A comment on a pull request as the REST API shows it. */
export interface Comment {
  id: number;
  pull: number;
  user: { login: string };
  body: string;
}

interface Artifact {
  id: number;
  name: string;
  job: string;
  content: Buffer;
  hash: string;
  finished: boolean;
}

type Json = Record<string, unknown>;
type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | undefined;

/** Gives each test of a file a server of its own. */
export function forEachTest(use: (server: GitHubServer) => void): void {
  let server: GitHubServer | undefined;
  beforeEach(async () => {
    await server?.stop();
    server = new GitHubServer();
    await server.start();
    use(server);
  });
  afterAll(() => server?.stop());
}

/** Speaks what the action says to GitHub: artifacts (Twirp, and blobs by PUT), comments, the files of a pull request or comparison. Records every call. */
export class GitHubServer {
  readonly calls: { method: string; path: string; token: string; body: string }[] = [];
  readonly artifacts: Artifact[] = [];
  readonly comments: Comment[] = [];
  /** Changed files as the API lists them. */
  files: { filename: string; previous_filename?: string }[] = [];
  /** How the head of a comparison lies to its base. */
  comparison = 'ahead';
  /** Contents by `path@ref`. */
  contents = new Map<string, string>();
  /** Folders by `path@ref`: GitHub lists what is in them. */
  folders = new Set<string>();
  /** The base commit of every pull request. */
  baseOfPull = 'b'.repeat(40);
  /** Earlier runs of the workflow `m.yml`, the newest first, with the numbers of their artifacts. */
  runs: { id: number; event: string; branch: string; repository?: string; artifacts: number[]; expired?: boolean }[] =
    [];
  /** Answers a call with this status instead. */
  refuse: (method: string, path: string) => number | null = () => null;
  login = 'github-actions[bot]';
  private readonly blocks = new Map<string, Map<string, Buffer>>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  /** The variables that lead the action here. */
  environment(job = 'job'): Record<string, string> {
    const claims = Buffer.from(JSON.stringify({ scp: `Actions.Results:run:${job}` })).toString('base64url');
    return { ACTIONS_RESULTS_URL: this.url, ACTIONS_RUNTIME_TOKEN: `e30.${claims}.x`, GITHUB_API_URL: this.url };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const url = new URL(request.url ?? '', this.url);
    const method = request.method ?? '';
    this.calls.push({
      method,
      path: url.pathname + url.search,
      token: request.headers.authorization ?? '',
      body: body.length < 1e6 ? body.toString() : '',
    });
    const refused = this.refuse(method, url.pathname);
    const reply =
      refused !== null
        ? { status: refused, body: { message: 'Resource not accessible by integration', msg: 'refused' } }
        : this.route(method, url, body);
    const content = Buffer.isBuffer(reply?.body) ? reply.body : JSON.stringify(reply?.body ?? {});
    response
      .writeHead(reply === undefined ? 404 : (reply.status ?? 200), {
        'content-type': 'application/json; charset=utf-8',
        ...reply?.headers,
      })
      .end(content);
  }

  private route(method: string, url: URL, body: Buffer): Reply {
    const twirp = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(url.pathname)?.[1];
    if (twirp !== undefined) return this.twirp(twirp, JSON.parse(body.toString()) as Json);
    const blob = /^\/blob\/(\d+)\.zip$/.exec(url.pathname)?.[1];
    if (blob !== undefined)
      return method === 'PUT'
        ? this.put(blob, url, body)
        : { body: this.artifacts[Number(blob) - 1]!.content, headers: { 'content-type': 'application/zip' } };
    if (url.pathname === '/graphql') return { body: { data: { viewer: { login: this.login } } } };
    return this.rest(method, url, body);
  }

  private twirp(call: string, input: Json): Reply {
    const text = (name: string) => (input[name] ?? '') as string;
    const find = (name: string) => this.artifacts.findLast((artifact) => artifact.name === name);
    if (call === 'CreateArtifact') {
      if (find(text('name')) !== undefined)
        return {
          status: 409,
          body: { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
        };
      const id = this.artifacts.push({
        id: this.artifacts.length + 1,
        name: text('name'),
        job: text('workflow_job_run_backend_id'),
        content: Buffer.alloc(0),
        hash: '',
        finished: false,
      });
      return { body: { ok: true, signed_upload_url: `${this.url}/blob/${id}.zip?sig=secret` } };
    }
    if (call === 'FinalizeArtifact') {
      const artifact = find(text('name'))!;
      Object.assign(artifact, { finished: true, hash: text('hash') });
      return { body: { ok: true, artifact_id: String(artifact.id) } };
    }
    if (call === 'ListArtifacts') {
      const wanted = (artifact: Artifact) =>
        artifact.finished && (input['id_filter'] === undefined || String(artifact.id) === text('id_filter'));
      return {
        body: {
          artifacts: this.artifacts.filter(wanted).map(({ id, name, job, content, hash }) => ({
            workflow_run_backend_id: 'run',
            workflow_job_run_backend_id: job,
            database_id: String(id),
            name,
            size: String(content.length),
            digest: hash,
          })),
        },
      };
    }
    if (call === 'GetSignedArtifactURL')
      return { body: { name: text('name'), signed_url: `${this.url}/blob/${find(text('name'))!.id}.zip?sig=secret` } };
    return undefined;
  }

  private put(id: string, url: URL, body: Buffer): Reply {
    const blocks = this.blocks.get(id) ?? new Map<string, Buffer>();
    this.blocks.set(id, blocks);
    const block = url.searchParams.get('blockid');
    if (block !== null) blocks.set(block, body);
    else if (url.searchParams.get('comp') === 'blocklist') {
      const order = [...body.toString().matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)].map((match) => match[1]!);
      this.artifacts[Number(id) - 1]!.content = Buffer.concat(order.map((name) => blocks.get(name)!));
    } else this.artifacts[Number(id) - 1]!.content = body;
    return { status: 201, headers: { 'x-ms-request-id': '1', etag: '"1"' } };
  }

  private rest(method: string, url: URL, body: Buffer): Reply {
    const path = url.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, '');
    const content = body.length > 0 ? (JSON.parse(body.toString()) as { body: string }).body : '';
    const ofPull = /^\/issues\/(\d+)\/comments$/.exec(path)?.[1];
    const page = <T>(all: T[]): T[] => {
      const [number, size] = [
        Number(url.searchParams.get('page') ?? 1),
        Number(url.searchParams.get('per_page') ?? 30),
      ];
      return all.slice((number - 1) * size, number * size);
    };
    const next = (all: unknown[]): Record<string, string> => {
      const [number, size] = [
        Number(url.searchParams.get('page') ?? 1),
        Number(url.searchParams.get('per_page') ?? 30),
      ];
      if (number * size >= all.length) return {};
      const following = new URL(url);
      following.searchParams.set('page', String(number + 1));
      return { link: `<${following.href}>; rel="next"` };
    };
    if (ofPull !== undefined && method === 'GET') {
      const all = this.comments.filter(({ pull }) => pull === Number(ofPull));
      return { body: page(all), headers: next(all) };
    }
    if (ofPull !== undefined && method === 'POST') {
      const comment = {
        id: 100 + this.comments.length,
        pull: Number(ofPull),
        user: { login: this.login },
        body: content,
      };
      this.comments.push(comment);
      return { status: 201, body: comment };
    }
    const edited = /^\/issues\/comments\/(\d+)$/.exec(path)?.[1];
    if (edited !== undefined && method === 'PATCH') {
      const comment = this.comments.find(({ id }) => id === Number(edited))!;
      comment.body = content;
      return { body: comment };
    }
    if (/^\/pulls\/\d+\/files$/.test(path)) return { body: page(this.files), headers: next(this.files) };
    if (/^\/pulls\/\d+$/.test(path))
      return { body: { number: Number(path.slice('/pulls/'.length)), base: { sha: this.baseOfPull, ref: 'main' } } };
    if (path === '/actions/workflows/m.yml/runs') {
      const asked = this.runs.filter(
        ({ branch }) => branch === url.searchParams.get('branch') && url.searchParams.get('status') === 'success',
      );
      return {
        body: {
          total_count: asked.length,
          workflow_runs: asked.map(({ id, event, branch, repository = 'owner/repo' }) => ({
            id,
            event,
            head_branch: branch,
            head_repository: { full_name: repository },
          })),
        },
      };
    }
    const ofRun = this.runs.find(({ id }) => path === `/actions/runs/${id}/artifacts`);
    if (ofRun !== undefined) {
      const named = this.artifacts.filter(
        ({ id, name }) => ofRun.artifacts.includes(id) && name === url.searchParams.get('name'),
      );
      return {
        body: {
          total_count: named.length,
          artifacts: named.map(({ id, name }) => ({ id, name, expired: ofRun.expired ?? false })),
        },
      };
    }
    const zip = /^\/actions\/artifacts\/(\d+)\/zip$/.exec(path)?.[1];
    if (zip !== undefined) return { status: 302, headers: { location: `${this.url}/blob/${zip}.zip` } };
    if (path.startsWith('/compare/'))
      return { body: { status: this.comparison, files: this.files, total_commits: 1, commits: [] } };
    if (path.startsWith('/commits/')) return { body: { sha: path.slice('/commits/'.length) } };
    const file = /^\/contents\/(.+)$/.exec(path)?.[1];
    const place = `${decodeURIComponent(file ?? '')}@${url.searchParams.get('ref') ?? ''}`;
    if (this.folders.has(place)) return { body: [{ type: 'file', name: 'x' }] };
    const found = file === undefined ? undefined : this.contents.get(place);
    return found === undefined
      ? undefined
      : { body: Buffer.from(found), headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  }
}
