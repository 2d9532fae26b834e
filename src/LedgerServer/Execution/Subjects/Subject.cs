namespace KpGrpc.LedgerServer.Execution.Subjects;

/// <summary>A learner about whom a platform has recorded consents or personal data.</summary>
/// <param name="Pseudonym">The learner.</param>
/// <param name="ServedByOrganizationId">The platform that acts for the learner: the first that recorded something.</param>
/// <param name="SinceSequence">Sequence of that record.</param>
/// <param name="ErasedAtSequence">Sequence of the erasure; null before.</param>
internal sealed record Subject(string Pseudonym, string ServedByOrganizationId, ulong SinceSequence, ulong? ErasedAtSequence);
