import { type Static, Type } from '@sinclair/typebox';
import { naming } from './roles.ts';
import { reading } from './written.ts';

const name = Type.String({ minLength: 1 });
const sha256 = Type.String({ pattern: '^[0-9a-fA-F]{64}$', title: 'the 64 hexadecimal digits of its SHA-256' });

/** A file or folder that is read, pinned by its SHA-256 where that stands beside it. */
export const file = (description: string) =>
  naming(
    'file',
    Type.Union([name, Type.Object({ file: name, sha256 }, { additionalProperties: false })], { description }),
  );
export type FileSetting = Static<ReturnType<typeof file>>;

/** The same for images: the datasets in it may be named beside it too, where others of the run are called otherwise. */
export const imageFile = (description: string) =>
  naming(
    'file',
    Type.Union(
      [
        name,
        Type.Object(
          {
            file: name,
            sha256: Type.Optional(sha256),
            data: Type.Optional(name),
            label: Type.Optional(name),
          },
          { additionalProperties: false },
        ),
      ],
      { description },
    ),
  );
export type ImageFileSetting = Static<ReturnType<typeof imageFile>>;

/** A decimal number, as people and Python write it: `1.`, `.5` and `1e-3` too. */
const decimal = '[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?';

/** A number, or one as a fraction such as `1/255`, which no decimal says exactly. */
export const multiplier = (options: { default?: number; description: string }) =>
  reading(
    Type.Union(
      [
        Type.Number(),
        Type.String({
          pattern: `^\\s*${decimal}\\s*(/\\s*${decimal}\\s*)?$`,
          title: 'a number, or a fraction such as 1/255',
        }),
      ],
      options,
    ),
    fraction,
  );

/** A fraction as it is spelled in reports, so that `1./255` and `1 / 255` are the same. */
function fraction(scale: number | string): number | string {
  if (typeof scale === 'number') return scale;
  const [dividend, divisor] = scale.split('/').map(Number);
  return divisor === undefined ? dividend! : `${dividend}/${divisor}`;
}

/** What an attack may be called, in a config, in a report and before `=` on the command line: not as every object's own parts are. */
export const attackName =
  /^(?!(constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)[A-Za-z][\w-]*$/;

/** The images of an attack: stored, or made by stamping a trigger on the clean ones. */
export const attack = Type.Object(
  {
    validation: Type.Optional(
      imageFile(
        'poisoned validation images: an HDF5 or .npz file, or a folder of PNG, JPEG and WebP files; labels are the target class',
      ),
    ),
    test: Type.Optional(imageFile('poisoned test images')),
    target: Type.Optional(Type.Integer({ minimum: 0, description: 'class that the attacker wants; with `trigger`' })),
    trigger: Type.Optional(
      Type.Object(
        {
          image: file(
            'PNG, JPEG or WebP that is stamped on the clean images of each split; those of the target class are left out',
          ),
          mask: Type.Optional(
            file(
              'image of the same size, white where the trigger covers; without it the transparency of `image` counts',
            ),
          ),
          at: Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })], {
            description: 'row and column of its upper left corner, counted from 0',
          }),
          opacity: Type.Optional(
            Type.Number({
              default: 1,
              exclusiveMinimum: 0,
              maximum: 1,
              description: 'share of the trigger in the pixels that it covers',
            }),
          ),
          scale: Type.Optional(
            multiplier({
              description:
                'multiplied into the pixels 0..255 of the trigger to have those of the data, as 1/255; needed where data holds floats',
            }),
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type TriggerSetting = NonNullable<Static<typeof attack>['trigger']>;

/** Images for choosing a net and images for judging it. */
export const split = (kind: string) =>
  Type.Object(
    {
      validation: imageFile(`${kind} validation images: an HDF5 or .npz file, or a folder of PNG, JPEG and WebP files`),
      test: Type.Optional(imageFile(`${kind} test images`)),
    },
    { additionalProperties: false },
  );
