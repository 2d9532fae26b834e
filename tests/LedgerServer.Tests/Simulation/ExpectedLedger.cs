using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Wire;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>The order as it was attempted, and what an engine in memory makes of any first part of it.</summary>
internal sealed class ExpectedLedger(Genesis genesis)
{
    private readonly ReceiptEncoder encoder = new(genesis.NetworkId, genesis.LedgerId);
    private readonly List<(AdmittedCommand Command, long OrderedAt)> entries = [];
    private readonly List<byte[]> leaves = [];
    private LedgerEngine engine = NewEngine(genesis);

    /// <summary>Receipts of the order, by sequence.</summary>
    public IReadOnlyList<byte[]> Leaves => leaves;

    public LedgerState State => engine.State;

    /// <summary>Attempts the next command.</summary>
    /// <returns>The sequence that its answer names.</returns>
    public ulong Attempt(AdmittedCommand command, long nowMicros)
    {
        var orderedAt = Math.Max(nowMicros, State.LastOrderedAtMicros ?? 0);
        switch (engine.Execute(command.Command, State.NextSequence, orderedAt))
        {
            case Executed { Receipt: var receipt }:
                entries.Add((command, orderedAt));
                leaves.Add(encoder.Encode(receipt));
                return receipt.Sequence;
            case Replayed replayed:
                return replayed.FirstSequence;
            case var other:
                throw new InvalidOperationException($"unexpected {other}");
        }
    }

    /// <summary>Forgets what never became durable.</summary>
    public void CutTo(int size)
    {
        if (size == entries.Count)
        {
            return;
        }

        (AdmittedCommand Command, long OrderedAt)[] kept = [.. entries.Take(size)];
        entries.Clear();
        leaves.Clear();
        engine = NewEngine(genesis);
        foreach (var (command, orderedAt) in kept)
        {
            Attempt(command, orderedAt);
        }
    }

    private static LedgerEngine NewEngine(Genesis genesis) => new(genesis, new KeySignatures());
}
