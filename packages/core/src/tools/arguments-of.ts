import type { PortableObject, PortableSchema } from './tool.ts';

/** The TypeScript type of the arguments that a portable schema describes. */
export type ArgumentsOf<S extends PortableObject> = Flatten<
  {
    readonly [K in RequiredName<S>]: ValueOf<S['properties'][K]>;
  } & {
    readonly [K in Exclude<keyof S['properties'], RequiredName<S>>]?: ValueOf<S['properties'][K]>;
  }
>;

type RequiredName<S extends PortableObject> = S extends {
  readonly required: readonly (infer Name)[];
}
  ? Name & keyof S['properties']
  : never;

type ValueOf<S extends PortableSchema | undefined> = S extends PortableObject
  ? ArgumentsOf<S>
  : S extends { readonly enum: readonly (infer Choice)[] }
    ? Choice
    : S extends { readonly type: 'string' }
      ? string
      : S extends { readonly type: 'integer' }
        ? number
        : S extends { readonly type: 'boolean' }
          ? boolean
          : readonly string[];

type Flatten<T> = { readonly [K in keyof T]: T[K] };
