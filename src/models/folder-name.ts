/** The path of a model as the name of one folder, with `/` turned into `__`. */
export const folderName = (model: string): string =>
  model
    .split(/[\\/]/)
    .filter((part) => !['', '.', '..'].includes(part))
    .join('__')
    .replaceAll(/[^\w.=+-]/g, '_');
