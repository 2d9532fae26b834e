using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Storage;

/// <summary>What a data folder belongs to; written at its creation and compared at every opening.</summary>
/// <param name="NetworkId">Network.</param>
/// <param name="LedgerId">Ledger.</param>
/// <param name="GenesisHash">SHA-256 of the genesis file's bytes.</param>
internal sealed record StoreIdentity(string NetworkId, string LedgerId, Hash256 GenesisHash);
