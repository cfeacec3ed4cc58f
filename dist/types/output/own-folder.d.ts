/** Does a job in a folder of its own below the system's temporary one, which goes with it; that of a process that was killed goes with the next such job. */
export declare function inOwnFolder<T>(job: (folder: string) => Promise<T>): Promise<T>;
