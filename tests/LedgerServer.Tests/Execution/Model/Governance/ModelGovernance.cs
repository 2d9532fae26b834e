using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Membership.Keys;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Governance;

/// <summary>Members, keys and changes by approval of the reference model, whose keys all act in all roles.</summary>
internal sealed class ModelGovernance(ModelState state)
{
    private static readonly TimeSpan AgeMax = TimeSpan.FromDays(30);

    public string? Run(Command command, long now) => command.Body switch
    {
        AddKey body => AddKey(command.OrganizationId, body),
        RotateKey body => Rotate(command.OrganizationId, body),
        RevokeKey body => Revoke(command, body, now),
        ApproveChange body => Vote(command.OrganizationId, body, now),
        _ when !IsGovernor(command.OrganizationId) => "RoleMissing",
        _ => Impossible(command.OrganizationId, command.Body) ?? Propose(command, now),
    };

    private bool IsGovernor(string organization) => state.Has(organization, "Operator", "Regulator");

    private List<string> Voters() =>
        [.. state.Organizations.Keys.Where(id => !state.Suspended.Contains(id) && CanVote(id, state.Policy.Approvers))];

    private bool CanVote(string id, string[] named) =>
        IsGovernor(id) && (named.Length == 0 || named.Contains(id)) && ActiveKeys(id).Any();

    private IEnumerable<string> ActiveKeys(string organization) =>
        state.KeyOwners.Where(key => key.Value == organization && !state.RevokedKeys.Contains(key.Key)).Select(key => key.Key);

    private string? AddKey(string by, AddKey body)
    {
        if (!body.PossessionProven)
        {
            return "PossessionNotProven";
        }

        return state.KeyOwners.TryAdd(body.Key.KeyId, by) ? null : "KeyAlreadyUsed";
    }

    private string? Rotate(string by, RotateKey body)
    {
        var reason = body.PossessionProven ? KeyFault(by, body.OldKeyId) : "PossessionNotProven";
        if (reason is null && !state.KeyOwners.TryAdd(body.NewKey.KeyId, by))
        {
            return "KeyAlreadyUsed";
        }

        if (reason is null)
        {
            state.RevokedKeys.Add(body.OldKeyId);
        }

        return reason;
    }

    private string? KeyFault(string owner, string keyId)
    {
        if (!state.KeyOwners.TryGetValue(keyId, out var found))
        {
            return "UnknownKey";
        }

        return found != owner ? "KeyNotOfOrganization" : state.RevokedKeys.Contains(keyId) ? "KeyRevoked" : null;
    }

    private string? Revoke(Command command, RevokeKey body, long now)
    {
        var by = command.OrganizationId;
        var owner = body.OrganizationId == "" ? by : body.OrganizationId;
        if (owner != by && !IsGovernor(by))
        {
            return "RoleMissing";
        }

        if (Impossible(by, body) is { } reason)
        {
            return reason;
        }

        if (owner == by && ActiveKeys(by).Count() > 1)
        {
            state.RevokedKeys.Add(body.KeyId);
            return null;
        }

        return IsGovernor(by) ? Propose(command, now) : "LastKey";
    }

    private string? Propose(Command command, long now)
    {
        var by = command.OrganizationId;
        var votes = Voters().Contains(by);
        if (votes && state.Policy.Needed == 1)
        {
            Make(by, command.Body);
            return null;
        }

        var waiting = state.Changes.Where(change => change.Status == "waits" && !IsOld(change, now)).ToArray();
        if (waiting.Length >= 64 || waiting.Count(change => change.Proposer == by) >= 16)
        {
            return "LimitReached";
        }

        foreach (var old in state.Changes.Where(change => change.Status == "waits" && IsOld(change, now)))
        {
            old.Status = "died";
        }

        var proposal = new ModelChange
        {
            Hash = command.CommandHash.ToHex(),
            Proposer = by,
            Body = command.Body,
            Needed = state.Policy.Needed,
            At = now,
        };
        proposal.Yes.AddRange(votes ? [by] : Array.Empty<string>());
        state.Changes.Add(proposal);
        return null;
    }

    private string? Vote(string by, ApproveChange body, long now)
    {
        var change = state.Changes.FirstOrDefault(c => c.Hash == body.ChangeHash?.ToHex());
        var reasons = new (Func<bool> Fails, string Reason)[]
        {
            (() => !IsGovernor(by), "RoleMissing"),
            (() => change is null, "UnknownChange"),
            (() => change!.Status != "waits" || IsOld(change, now), "ChangeAlreadyDecided"),
            (() => !Voters().Contains(by), "NotAuthorized"),
            (() => change!.Yes.Contains(by) || change.No.Contains(by), "ChangeAlreadyVoted"),
        };
        if (reasons.FirstOrDefault(r => r.Fails()).Reason is { } reason)
        {
            return reason;
        }

        if (body.Reject)
        {
            change!.No.Add(by);
            change.Status = Voters().Count - change.No.Count < change.Needed ? "died" : "waits";
            return null;
        }

        if (change!.Yes.Count + 1 < change.Needed)
        {
            change.Yes.Add(by);
            return null;
        }

        if (Impossible(change.Proposer, change.Body) is { } impossible)
        {
            return impossible;
        }

        change.Status = "applied";
        Make(change.Proposer, change.Body);
        return null;
    }

    private static bool IsOld(ModelChange change, long now) => TimeSpan.FromMicroseconds(now - change.At) > AgeMax;

    private string? Impossible(string proposer, CommandBody body) => body switch
    {
        EnrolOrganization { Organization: var o } when state.Organizations.ContainsKey(o.OrganizationId) => "AlreadyExists",
        EnrolOrganization { Organization: var o } when o.Keys.Any(key => state.KeyOwners.ContainsKey(key.KeyId)) => "KeyAlreadyUsed",
        EnrolOrganization => null,
        DeclareCurrency declare => state.Currencies.ContainsKey(declare.Currency.CurrencyCode) ? "AlreadyExists" : null,
        RevokeKey revoke => RevokeFault(revoke.OrganizationId == "" ? proposer : revoke.OrganizationId, revoke.KeyId),
        SuspendOrganization { OrganizationId: var id } => !state.Organizations.ContainsKey(id) ? "UnknownOrganization"
            : state.Suspended.Contains(id) ? "OrganizationSuspended"
            : Short(without: id),
        ReinstateOrganization { OrganizationId: var id } => !state.Organizations.ContainsKey(id) ? "UnknownOrganization"
            : state.Suspended.Contains(id) ? null : "OrganizationNotSuspended",
        ChangeRoles { OrganizationId: var id } change => !state.Organizations.ContainsKey(id) ? "UnknownOrganization" : RolesFault(id, change),
        ChangePolicy { Policy: var policy } => PolicyFault(policy),
        _ => "EngineVersionInvalid",
    };

    private string? RevokeFault(string owner, string keyId) =>
        !state.Organizations.ContainsKey(owner) ? "UnknownOrganization"
        : KeyFault(owner, keyId) ?? (ActiveKeys(owner).Count() > 1 ? null : Short(without: owner));

    private string? Short(string without) => Voters().Count(id => id != without) < state.Policy.Needed ? "PolicyInvalid" : null;

    private string? RolesFault(string id, ChangeRoles change)
    {
        var before = state.Organizations[id];
        state.Organizations[id] = [.. change.Roles.Select(role => $"{role}")];
        var reason = Voters().Count < state.Policy.Needed ? "PolicyInvalid" : null;
        state.Organizations[id] = before;
        return reason;
    }

    private string? PolicyFault(ApprovalPolicy policy)
    {
        foreach (var id in policy.ApproverOrganizationIds)
        {
            if (!state.Organizations.ContainsKey(id))
            {
                return "UnknownOrganization";
            }

            if (!IsGovernor(id))
            {
                return "PolicyInvalid";
            }
        }

        string[] named = [.. policy.ApproverOrganizationIds];
        return state.Organizations.Keys.Count(id => !state.Suspended.Contains(id) && CanVote(id, named)) < policy.ApprovalsNeeded ? "PolicyInvalid" : null;
    }

    private void Make(string proposer, CommandBody body)
    {
        switch (body)
        {
            case EnrolOrganization { Organization: var o }:
                state.Organizations.Add(o.OrganizationId, [.. o.Roles.Select(role => $"{role}")]);
                o.Keys.ToList().ForEach(key => state.KeyOwners.Add(key.KeyId, o.OrganizationId));
                break;
            case DeclareCurrency declare:
                state.Currencies.Add(declare.Currency.CurrencyCode, declare.Currency.Exponent);
                break;
            case RevokeKey revoke:
                state.RevokedKeys.Add(revoke.KeyId);
                break;
            case SuspendOrganization suspend:
                state.Suspended.Add(suspend.OrganizationId);
                break;
            case ReinstateOrganization reinstate:
                state.Suspended.Remove(reinstate.OrganizationId);
                break;
            case ChangeRoles change:
                state.Organizations[change.OrganizationId] = [.. change.Roles.Select(role => $"{role}")];
                break;
            case ChangePolicy { Policy: var policy }:
                state.Policy = (policy.ApprovalsNeeded, [.. policy.ApproverOrganizationIds]);
                break;
            default:
                throw new InvalidOperationException($"{proposer} cannot change anything by {body.Kind}.");
        }

        var voters = Voters();
        foreach (var change in state.Changes.Where(change => change.Status == "waits"))
        {
            change.Yes.RemoveAll(id => !voters.Contains(id));
            change.No.RemoveAll(id => !voters.Contains(id));
            change.Status = voters.Count - change.No.Count < change.Needed ? "died" : "waits";
        }
    }
}
