/** Where a topic is. */
export interface SnsTopic {
  /** `https://sns.<region>.amazonaws.com`, or its counterpart in China. */
  readonly endpoint: string;
}

const ARN =
  /^arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}):\d{12}:[\w-]{1,256}$/;

/** The topic that an ARN names; undefined when it names none. */
export function parseTopicArn(arn: string): SnsTopic | undefined {
  const [, partition, region] = ARN.exec(arn) ?? [];
  if (region === undefined) return undefined;
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { endpoint: `https://sns.${region}.${domain}` };
}
