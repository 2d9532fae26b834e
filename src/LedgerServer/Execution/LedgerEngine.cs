using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Holds;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// The ledger's rules as a pure function of the commands in order: no clock, no I/O, no randomness, no floating point,
/// no culture, no enumeration of unordered maps. Not thread-safe: one thread owns an engine.
/// </summary>
internal sealed class LedgerEngine
{
    /// <summary>Newest version of the rules that this build holds.</summary>
    public const uint Version = 1;

    private readonly CoSignatureRules _coSignatures;

    /// <summary>Starts from a genesis.</summary>
    /// <param name="genesis">Where the ledger starts.</param>
    /// <param name="signatures">Verifies co-signatures; pure.</param>
    /// <exception cref="ArgumentException">
    /// <see cref="GenesisValidator.Faults"/> finds faults; the message names them all.
    /// </exception>
    public LedgerEngine(Genesis genesis, ISignatureVerifier signatures)
    {
        var faults = GenesisValidator.Faults(genesis);
        if (faults.Count > 0)
        {
            throw new ArgumentException("The genesis cannot be used: " + string.Join(" ", faults), nameof(genesis));
        }

        Genesis = genesis;
        State = new LedgerState(genesis);
        _coSignatures = new CoSignatureRules(genesis.NetworkId, genesis.LedgerId, signatures);
    }

    /// <summary>Where the ledger started.</summary>
    public Genesis Genesis { get; }

    /// <summary>What the commands have made.</summary>
    public LedgerState State { get; }

    /// <summary>Executes the next command of the order.</summary>
    /// <param name="command">The command; never null.</param>
    /// <param name="sequence">Its place if it takes one; must equal <see cref="LedgerState.NextSequence"/>.</param>
    /// <param name="orderedAtMicros">The order's time, microseconds since the Unix epoch; must never fall.</param>
    /// <returns>
    /// <see cref="Executed"/> with the receipt, accepted or rejected; or <see cref="Replayed"/> or
    /// <see cref="Conflict"/>, which change nothing and leave the sequence to the next command.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The orderer broke its promise about sequence or time.</exception>
    public Outcome Execute(Command command, ulong sequence, long orderedAtMicros)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sequence, State.NextSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(orderedAtMicros, State.LastOrderedAtMicros ?? 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(orderedAtMicros, OrderTime.MaxMicros);

        State.Accounts.Journal.Clear();
        if (State.Idempotency.Find(command.OrganizationId, command.IdempotencyKey) is { } first)
        {
            return first.PayloadHash == command.PayloadHash
                ? new Replayed(first.Sequence)
                : new Conflict(first.Sequence);
        }

        State.Periods.Reach(orderedAtMicros, sequence, State);
        State.Holds.AdvanceTo(orderedAtMicros);
        var context = new CommandContext(State, command, sequence, orderedAtMicros, _coSignatures);
        var rejection = Run(context);
        State.Earnings.Count(context.Effects, State.Periods.RunningPeriodId);
        State.WorkHistory.Note(sequence, context.Effects, State);
        State.Advance(command, sequence, orderedAtMicros);
        return new Executed(ReceiptOf(context, rejection));
    }

    private static Rejection? Run(CommandContext context)
    {
        var handler = HandlerTable.Find(context.Command.Body.Kind);
        var rejection = CommandChecks.Check(context, handler) ?? handler!.Execute(context);
        if (rejection is not null && context.Effects.Count > 0)
        {
            throw new InvalidOperationException(
                $"{context.Command.Body.Kind} was rejected after it had changed something; this is a fault of its handler.");
        }

        if (rejection is null)
        {
            HoldExpiry.Sweep(context);
        }

        return rejection;
    }

    private static Receipt ReceiptOf(CommandContext context, Rejection? rejection) => new()
    {
        Sequence = context.Sequence,
        OrderedAtMicros = context.OrderedAtMicros,
        CommandHash = context.Command.CommandHash,
        OrganizationId = context.Submitter,
        KeyId = context.Command.KeyId,
        IdempotencyKey = context.Command.IdempotencyKey,
        Kind = context.Command.Body.Kind,
        Rejection = rejection,
        Effects = context.Effects,
        EngineVersion = context.State.Engines.VersionAt(context.Sequence),
    };
}
