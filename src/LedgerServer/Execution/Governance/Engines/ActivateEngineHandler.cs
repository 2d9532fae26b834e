using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Membership;

namespace KpGrpc.LedgerServer.Execution.Governance.Engines;

/// <summary>
/// Order of checks: version known to this build and above every activated one, start above this place and above the start
/// of the version before.
/// </summary>
/// <param name="newestVersion">Newest version of the rules that this build holds.</param>
internal sealed class ActivateEngineHandler(uint newestVersion) : ChangeHandler<ActivateEngine>(CommandKind.ActivateEngine)
{
    /// <inheritdoc/>
    protected override Rejection? Check(ActivateEngine body, string proposer, CommandContext context)
    {
        var last = context.State.Engines.Last;
        if (body.EngineVersion > newestVersion || body.EngineVersion <= last.Version)
        {
            return Rejection.Because(
                RejectionReason.EngineVersionInvalid,
                $"engine_version: must be above {last.Version}, which was activated last, and at most {newestVersion}, the newest that is known; name another.");
        }

        return body.FromSequence > context.Sequence && body.FromSequence > last.FromSequence
            ? null
            : Rejection.Because(
                RejectionReason.EngineVersionInvalid,
                $"from_sequence: must be above {Math.Max(context.Sequence, last.FromSequence)}; name a later start.");
    }

    /// <inheritdoc/>
    protected override void Apply(ActivateEngine body, string proposer, CommandContext context)
    {
        var activation = new EngineActivation(body.EngineVersion, body.FromSequence);
        context.State.Engines.Add(activation);
        context.Record(new EngineActivated(activation));
    }
}
