export type { AuditEntry } from './audit/audit-entry.ts';
export type { AuditHead, AuditSeal } from './audit/audit-seal.ts';
export type { AuditFault, AuditFaultKind, AuditReport } from './audit/verify/audit-report.ts';
export { type VerifyAuditOptions, verifyAudit } from './audit/verify/verify-audit.ts';
