using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// Order of checks: shape, pool known, period known and open, not divided yet, submitter admitted, works known, works of the
/// period within the limit, an agreement of each work that the pool's owner has signed, room for the sums, units within their
/// range. Usage that no agreement covers is refused here, since at the settlement it would hold up everybody's money.
/// </summary>
internal sealed class RecordUsageHandler()
    : CommandHandler<RecordUsage>(CommandKind.RecordUsage, RoleSet.Of(Role.Platform, Role.Technology))
{
    /// <inheritdoc/>
    protected override Rejection? Execute(RecordUsage body, CommandContext context)
    {
        var state = context.State;
        var pool = state.Pools.Find(body.PoolId);
        var rejection = CheckShape(body)
            ?? PoolChecks.Collecting(body.PoolId, body.PeriodId, state)
            ?? PoolChecks.Admitted(pool!, context)
            ?? Shape.Each(body.Entries, (entry, i) => WorkTable.CheckKnown(FieldOf(i, "work_id"), state.Works.Find(entry.WorkId)));
        if (rejection is not null)
        {
            return rejection;
        }

        var added = AddedUsage.Of(body, state);
        rejection = added.Check(pool!, context);
        if (rejection is not null)
        {
            return rejection;
        }

        added.Commit(body, state.Pools);
        context.Record(new UsageRecorded(body.PoolId, body.PeriodId, (uint)body.Entries.Count, added.Units));
        return null;
    }

    private static Rejection? CheckShape(RecordUsage body) =>
        Shape.Id("pool_id", body.PoolId)
        ?? Shape.Id("period_id", body.PeriodId)
        ?? Shape.Range("entries.count", body.Entries.Count, 1, EngineLimits.UsageEntriesMax)
        ?? Shape.Each(body.Entries, (entry, i) =>
            Shape.Id(FieldOf(i, "work_id"), entry.WorkId)
            ?? Shape.Pseudonym(FieldOf(i, "learner_pseudonym"), entry.LearnerPseudonym)
            ?? CheckUnits(entry, i));

    private static Rejection? CheckUnits(UsageEntry entry, int index) =>
        entry.Units is >= 1 and <= EngineLimits.UsageUnitsMax
            ? null
            : Shape.Malformed($"{FieldOf(index, "units")}: 1 to {EngineLimits.UsageUnitsMax} is allowed, not {entry.Units}.");

    private static string FieldOf(int index, string name) => FormattableString.Invariant($"entries[{index}].{name}");
}
