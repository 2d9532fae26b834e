using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>A commitment to personal data, which itself is kept outside the log under the subject's key.</summary>
/// <param name="SubjectPseudonym">The learner.</param>
/// <param name="DataId">Id of the data, unique for the subject.</param>
/// <param name="Commitment">SHA-256 of salt (32 bytes) and content.</param>
/// <param name="Sequence">Sequence of the receipt.</param>
internal sealed record SubjectDatum(string SubjectPseudonym, string DataId, Hash256 Commitment, ulong Sequence);
