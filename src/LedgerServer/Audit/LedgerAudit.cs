using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Audit;

/// <summary>Recomputes a whole stopped ledger from its commands, and says where anything differs.</summary>
internal static class LedgerAudit
{
    /// <summary>Audits a data folder.</summary>
    /// <param name="directory">The folder; must exist and not be in use.</param>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="log">The log's key.</param>
    /// <param name="output">Where findings are printed.</param>
    /// <returns>Number of differences.</returns>
    public static int Run(string directory, GenesisFile genesis, NoteVerifier log, TextWriter output)
    {
        var identity = new StoreIdentity(genesis.Genesis.NetworkId, genesis.Genesis.LedgerId, genesis.Hash);
        using var store = StoreFolder.OpenExisting(directory, identity);
        try
        {
            return Run(store, genesis.Genesis, log, new SnapshotAudit(directory, genesis.Genesis, identity, store, output), output);
        }
        catch (Exception exception) when (exception is InvalidDataException or MissingNodeException)
        {
            output.WriteLine($"difference: {exception.Message}; what comes after it was not checked");
            return 1;
        }
    }

    private static int Run(LedgerStore store, Genesis genesis, NoteVerifier log, SnapshotAudit snapshots, TextWriter output)
    {
        var commands = new List<StoredCommand>();
        var historyRows = new List<int>();
        var recovered = LedgerRecovery.Replay(store, genesis, log, (_, stored, _) => commands.Add(stored), state =>
        {
            historyRows.Add(state.Accounts.Journal.Accounts.Count);
            snapshots.Compare(state);
        });

        var state = recovered.Engine.State;
        output.WriteLine($"receipts: {recovered.Range.Size} replayed byte for byte, root {recovered.Range.Root().ToHex()}");
        var differences = CheckSignatures(commands, state.Membership, output);
        differences += CheckNodes(store, recovered.Range.Size, output);
        differences += HistoryAudit.Run(store, state, historyRows, output);
        return differences + snapshots.Differences + CheckBalance(state, output);
    }

    private static int CheckSignatures(List<StoredCommand> commands, MembershipTable membership, TextWriter output)
    {
        var differences = 0;
        for (var sequence = 0; sequence < commands.Count; sequence++)
        {
            if (!IsSigned(commands[sequence], membership))
            {
                output.WriteLine($"difference: sequence {sequence}: the signature by key {commands[sequence].KeyId} does not verify");
                differences++;
            }
        }

        output.WriteLine($"signatures: {commands.Count} checked");
        return differences;
    }

    private static bool IsSigned(StoredCommand command, MembershipTable membership)
    {
        if (membership.FindKey(command.KeyId) is not { Key: var key })
        {
            return false;
        }

        if (command.Batch is not { } batch)
        {
            return KeySignatures.Instance.Verify(key, SigningMessages.Payload(command.Payload.Span), command.Signature.Span);
        }

        return ProofVerifier.VerifyInclusion(MerkleHasher.HashLeaf(command.Payload.Span), batch.Index, batch.Size, [.. batch.Path], batch.Root)
            && KeySignatures.Instance.Verify(key, SigningMessages.BatchRoot(batch.Root), command.Signature.Span);
    }

    // Every stored inner node is recomputed from its children.
    private static int CheckNodes(LedgerStore store, ulong size, TextWriter output)
    {
        var (differences, nodes) = (0, 0UL);
        Span<Hash256> hashes = stackalloc Hash256[3];
        for (var level = 1; size >> level > 0; level++)
        {
            for (ulong index = 0; index < size >> level; index++)
            {
                store.ReadNodes([new NodeAddress(level, index), new NodeAddress(level - 1, 2 * index), new NodeAddress(level - 1, (2 * index) + 1)], hashes);
                nodes++;
                if (hashes[0] != MerkleHasher.HashNode(hashes[1], hashes[2]))
                {
                    output.WriteLine($"difference: node {index} of level {level} is not the hash of its children");
                    differences++;
                }
            }
        }

        output.WriteLine($"nodes: {nodes} recomputed");
        return differences;
    }

    private static int CheckBalance(LedgerState state, TextWriter output)
    {
        var differences = 0;
        foreach (var line in state.Accounts.TrialBalance)
        {
            output.WriteLine($"trial balance {line.CurrencyCode}: debits {line.Totals.DebitsPosted}, credits {line.Totals.CreditsPosted}, accounts {line.AccountCount}");
            differences += line.IsBalanced ? 0 : 1;
        }

        return differences;
    }
}
