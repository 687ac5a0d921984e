import { formatPath } from './format-path.ts';
import type { Shape } from './shape.ts';

/**
 * A shape and what cannot be said member by member: `find` is asked once the shape itself fits, and
 * answers with what is wrong, to follow where it stands.
 */
export function checked<T>(shape: Shape<T>, find: (value: T) => string | undefined): Shape<T> {
  return {
    ...shape,
    check(value, path, report) {
      let fits = true;
      shape.check(value, path, (issue) => {
        fits = false;
        report(issue);
      });
      const wrong = fits ? find(value as T) : undefined;
      if (wrong === undefined) return;
      report({ code: 'OPTION_INVALID', path, message: `${formatPath(path)} ${wrong}` });
    },
  };
}
