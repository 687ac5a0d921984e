// Entry `@mailwarden/core/policy-file`: policies as YAML and JSON.
export {
  checkPolicy,
  type PolicyFileIssue,
  type PolicyFileReport,
} from './policy-file/check-policy.ts';
export { loadPolicy } from './policy-file/load-policy.ts';
export { type ParsePolicyOptions, parsePolicy } from './policy-file/parse-policy.ts';
