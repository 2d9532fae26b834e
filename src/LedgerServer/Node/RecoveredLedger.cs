using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Node;

/// <summary>A ledger as it stood at its last commit.</summary>
/// <param name="Engine">The rules with their state.</param>
/// <param name="Range">The log's edge.</param>
/// <param name="Encoder">Makes leaves.</param>
/// <param name="Newest">Newest signed checkpoint; null in a new ledger.</param>
/// <param name="Report">How it came back.</param>
internal sealed record RecoveredLedger(LedgerEngine Engine, CompactRange Range, ReceiptEncoder Encoder, StoredCheckpoint? Newest, RecoveryReport Report);
