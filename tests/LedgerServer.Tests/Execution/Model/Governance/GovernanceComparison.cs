using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Governance;

/// <summary>Members, keys, policy and changes of the engine next to those of the model.</summary>
internal static class GovernanceComparison
{
    public static void Compare(ModelState model, LedgerState state)
    {
        var members = state.Membership;
        Assert.Equal(
            model.Organizations.OrderBy(o => o.Key, StringComparer.Ordinal)
                .Select(o => $"{o.Key} {string.Join(", ", o.Value.Order(StringComparer.Ordinal))} {model.Suspended.Contains(o.Key)}"),
            members.Organizations.Values.Select(o =>
                $"{o.OrganizationId} {string.Join(", ", o.Roles.ToList().Select(role => $"{role}").Order(StringComparer.Ordinal))} {o.Status == OrganizationStatus.Suspended}"));
        Assert.Equal(
            model.KeyOwners.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => $"{key.Key} {key.Value} {model.RevokedKeys.Contains(key.Key)}"),
            members.Keys.Values.Select(key => $"{key.Key.KeyId} {key.OrganizationId} {key.Status == KeyStatus.Revoked}"));
        Assert.Equal(model.Policy.Needed, members.Policy.ApprovalsNeeded);
        Assert.Equal(model.Policy.Approvers, members.Policy.ApproverOrganizationIds);
        Assert.True(members.Approvers().Count >= members.Policy.ApprovalsNeeded, "nobody could undo a change any more");
        Assert.Equal(
            model.Changes.Where(change => change.Status == "waits").Select(change => $"{change}"),
            state.Changes.Pending.Select(change =>
                $"{change.ChangeHash.ToHex()} waits yes:{string.Join(',', change.ApprovedBy)} no:{string.Join(',', change.RejectedBy)}"));
        Assert.Equal(
            model.Changes.Where(change => change.Status != "waits").Select(change => $"{change.Hash} {change.Status}").Order(StringComparer.Ordinal),
            state.Changes.Decided.Select(change => $"{change.ChangeHash.ToHex()} {(change.Applied ? "applied" : "died")}").Order(StringComparer.Ordinal));
        Assert.Equal(model.Currencies.Count, state.Currencies.All.Count);
    }
}
