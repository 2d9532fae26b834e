using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Execution.Royalties;

/// <summary>
/// Whether a work may derive from the ancestors that it names. Ancestors are registered before it and never change, so
/// there can be no cycle.
/// </summary>
internal static class AncestorRules
{
    /// <summary>Order: royalties at most the whole, ancestors known, depth, owners that royalties go to.</summary>
    public static Rejection? Check(WorkDetails work, WorkTable works)
    {
        var sum = work.Ancestors.Aggregate(0UL, (total, ancestor) => total + ancestor.RoyaltyPpm);
        if (sum > EngineLimits.WholePpm)
        {
            return Rejection.Because(
                RejectionReason.RoyaltyInvalid,
                $"work.ancestors: the royalties sum to {sum} ppm; they may take {EngineLimits.WholePpm} at most.");
        }

        return Shape.Each(work.Ancestors, (ancestor, i) => CheckKnown(ancestor, i, works))
            ?? CheckDepth(work, works)
            ?? CheckOwners(CountOwners(work, works));
    }

    /// <summary>Ways up: 0 without ancestors, else one more than the deepest ancestor's.</summary>
    public static int DepthOf(WorkDetails work, WorkTable works) =>
        work.Ancestors.Count == 0 ? 0 : 1 + work.Ancestors.Max(ancestor => works.Find(ancestor.WorkId)!.Depth);

    /// <summary>
    /// Whether so many owners of ancestors can be paid by one receipt. Asked at registration and again at each revenue,
    /// because shares of ancestors pass on in between.
    /// </summary>
    public static Rejection? CheckOwners(int owners) =>
        owners <= EngineLimits.RoyaltyOwnersMax
            ? null
            : Rejection.Because(
                RejectionReason.LimitReached,
                $"work.ancestors: royalties would go to {owners} owners of ancestors, at most {EngineLimits.RoyaltyOwnersMax} can be paid.");

    /// <summary>Owners of all works up the chain that get a royalty, counted for each of these works.</summary>
    public static int CountOwners(WorkDetails work, WorkTable works)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<WorkDetails>([work]);
        var owners = 0;
        while (waiting.TryPop(out var next) && owners <= EngineLimits.RoyaltyOwnersMax)
        {
            foreach (var ancestor in next.Ancestors)
            {
                if (ancestor.RoyaltyPpm > 0 && seen.Add(ancestor.WorkId))
                {
                    var details = works.Find(ancestor.WorkId)!.Details;
                    owners += details.Owners.Count;
                    waiting.Push(details);
                }
            }
        }

        return owners;
    }

    private static Rejection? CheckKnown(Ancestor ancestor, int index, WorkTable works) =>
        works.Find(ancestor.WorkId) is not null
            ? null
            : Rejection.Because(
                RejectionReason.UnknownAncestor,
                $"work.ancestors[{index}].work_id: no such work on this ledger; have it registered first.");

    private static Rejection? CheckDepth(WorkDetails work, WorkTable works)
    {
        var depth = DepthOf(work, works);
        return depth <= EngineLimits.AncestryDepthMax
            ? null
            : Rejection.Because(
                RejectionReason.AncestryTooDeep,
                $"work.ancestors: the chain would be {depth} deep; {EngineLimits.AncestryDepthMax} is the most.");
    }
}
