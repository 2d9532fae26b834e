using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>A change that waits no longer.</summary>
/// <param name="ChangeHash">Command hash of the proposal.</param>
/// <param name="Applied">True where it took effect, false where it died.</param>
/// <param name="AtSequence">Where that happened.</param>
internal sealed record DecidedChange(Hash256 ChangeHash, bool Applied, ulong AtSequence);
