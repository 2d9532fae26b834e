using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A work was registered.</summary>
/// <param name="WorkId">The work.</param>
/// <param name="DetailsHash">SHA-256 of the encoded details.</param>
/// <param name="Owners">Its owners.</param>
internal sealed record WorkRegistered(string WorkId, Hash256 DetailsHash, IReadOnlyList<OwnerShare> Owners) : Effect;
