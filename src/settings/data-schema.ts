import { type Static, Type } from '@sinclair/typebox';
import { naming } from './roles.ts';

/** A file or folder that is read, pinned by its SHA-256 where that stands beside it. */
export const file = (description: string) =>
  naming(
    'file',
    Type.Union(
      [
        Type.String({ minLength: 1 }),
        Type.Object(
          { file: Type.String({ minLength: 1 }), sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }) },
          { additionalProperties: false },
        ),
      ],
      { description },
    ),
  );
export type FileSetting = Static<ReturnType<typeof file>>;

/** A number, or one as a fraction such as `1/255`, which no decimal says exactly. */
export const multiplier = (options: { default?: number; description: string }) =>
  Type.Union([Type.Number(), Type.String({ pattern: '^\\d+(\\.\\d+)?/\\d+(\\.\\d+)?$' })], options);

/** What an attack may be called, in a config, in a report and before `=` on the command line: not as every object's own parts are. */
export const attackName =
  /^(?!(constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)[A-Za-z][\w-]*$/;

/** The images of an attack: stored, or made by stamping a trigger on the clean ones. */
export const attack = Type.Object(
  {
    validation: Type.Optional(
      file(
        'poisoned validation images: an HDF5 or .npz file, or a folder of PNG and JPEG files; labels are the target class',
      ),
    ),
    test: Type.Optional(file('poisoned test images')),
    target: Type.Optional(Type.Integer({ minimum: 0, description: 'class that the attacker wants; with `trigger`' })),
    trigger: Type.Optional(
      Type.Object(
        {
          image: file(
            'PNG or JPEG that is stamped on the clean images of each split; those of the target class are left out',
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
      validation: file(`${kind} validation images: an HDF5 or .npz file, or a folder of PNG and JPEG files`),
      test: Type.Optional(file(`${kind} test images`)),
    },
    { additionalProperties: false },
  );
