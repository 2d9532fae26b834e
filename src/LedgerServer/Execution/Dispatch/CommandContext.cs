using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>One command at its place in the order, as its handler sees it.</summary>
internal sealed class CommandContext(
    LedgerState state, Command command, ulong sequence, long orderedAtMicros, CoSignatureRules coSignatures)
{
    private readonly List<Effect> _effects = [];

    /// <summary>The state; a handler changes it only after its last check has passed.</summary>
    public LedgerState State { get; } = state;

    /// <summary>The command.</summary>
    public Command Command { get; } = command;

    /// <summary>What co-signatures are checked by.</summary>
    public CoSignatureRules CoSignatures { get; } = coSignatures;

    /// <summary>Who submits.</summary>
    public string Submitter => Command.OrganizationId;

    /// <summary>Place in the order.</summary>
    public ulong Sequence { get; } = sequence;

    /// <summary>The order's time, microseconds since the Unix epoch: the only "now" there is.</summary>
    public long OrderedAtMicros { get; } = orderedAtMicros;

    /// <summary>Roles that both the submitter and the signing key hold.</summary>
    public RoleSet ActingRoles { get; set; }

    /// <summary>What was changed so far, in order.</summary>
    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>Records a change that the caller has made, and returns its position in the receipt.</summary>
    public uint Record(Effect effect)
    {
        _effects.Add(effect);
        return (uint)(_effects.Count - 1);
    }
}
