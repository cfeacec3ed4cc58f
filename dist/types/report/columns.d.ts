/** A column of a table: what heads it and what it says of a row, to who reads it and, in fields of a CSV file, to programs. */
export interface Column<Row> {
    head: string;
    cell: (row: Row, place: number) => string;
    /** Whether the table that is drawn has it; where this is not set, every table has. */
    when?: boolean;
    /** Words stand to the left; numbers, which most cells hold, to the right. */
    words?: true;
    /** In full precision. */
    csv?: Fields<Row>;
}
type Fields<Row> = Record<string, (row: Row, place: number) => string | number | null | undefined>;
/** What only programs are told. */
export declare const csvOnly: <Row>(csv: Fields<Row>) => Column<Row>;
/** The texts of a table, and which of its columns stand to the right. */
export interface Drawn {
    head: string[];
    rows: string[][];
    right: boolean[];
}
/** A table as readers see it. */
export declare function drawn<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Drawn;
/** The same table for programs, a line after the other: RFC 4180. */
export declare function csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Generator<string>;
export {};
