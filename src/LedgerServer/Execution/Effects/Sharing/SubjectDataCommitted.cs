using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Sharing;

/// <summary>Erasable data was bound.</summary>
/// <param name="SubjectPseudonym">The learner.</param>
/// <param name="DataId">The data.</param>
/// <param name="Commitment">SHA-256 of salt and content.</param>
internal sealed record SubjectDataCommitted(string SubjectPseudonym, string DataId, Hash256 Commitment) : Effect;
