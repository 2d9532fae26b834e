using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>Says what is wrong with a genesis, all at once, so that an operator mends the file in one go.</summary>
internal static class GenesisValidator
{
    /// <summary>The faults in the order of the fields, one sentence each; empty where the engine can start from it.</summary>
    public static IReadOnlyList<string> Faults(Genesis genesis)
    {
        var faults = new List<string>();
        Add(faults, "", Shape.Id("network_id", genesis.NetworkId));
        Add(faults, "", Shape.Id("ledger_id", genesis.LedgerId));
        AddCurrencyFaults(genesis, faults);
        AddOrganizationFaults(genesis, faults);
        AddPolicyFaults(genesis, faults);
        AddForeignLogFaults(genesis, faults);
        return faults;
    }

    private static void AddCurrencyFaults(Genesis genesis, List<string> faults)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        Add(faults, "", Shape.Range("currencies.count", genesis.Currencies.Count, 0, EngineLimits.CurrenciesMax));
        for (var i = 0; i < genesis.Currencies.Count; i++)
        {
            Add(faults, $"currencies[{i}].", CurrencyTable.CheckShape(genesis.Currencies[i]));
            if (!codes.Add(genesis.Currencies[i].CurrencyCode))
            {
                faults.Add($"currencies[{i}].currency_code: stands twice; leave one out.");
            }
        }
    }

    private static void AddOrganizationFaults(Genesis genesis, List<string> faults)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var keyIds = new HashSet<string>(StringComparer.Ordinal);
        Add(faults, "", Shape.Range("organizations.count", genesis.Organizations.Count, 1, EngineLimits.OrganizationsMax));
        for (var i = 0; i < genesis.Organizations.Count; i++)
        {
            var organization = genesis.Organizations[i];
            Add(faults, $"organizations[{i}].", MemberShape.Check(organization));
            if (!ids.Add(organization.OrganizationId))
            {
                faults.Add($"organizations[{i}].organization_id: stands twice; leave one out.");
            }

            foreach (var key in organization.Keys.Where(key => !keyIds.Add(key.KeyId)))
            {
                faults.Add($"organizations[{i}].keys: the key id '{key.KeyId}' stands twice; choose another.");
            }
        }
    }

    private static void AddPolicyFaults(Genesis genesis, List<string> faults)
    {
        var candidates = genesis.Organizations
            .Where(organization => organization.Roles.Any(RoleGroups.Approvers.Contains))
            .Select(organization => organization.OrganizationId)
            .ToHashSet(StringComparer.Ordinal);
        if (candidates.Count == 0)
        {
            faults.Add("organizations: none is an operator or regulator, so nobody could ever approve; give one the role.");
        }

        var named = genesis.ApproverOrganizationIds;
        Add(faults, "", Shape.Range("approver_organization_ids.count", named.Count, 0, EngineLimits.ApproversMax));
        foreach (var id in named.Where(id => !candidates.Contains(id)))
        {
            faults.Add($"approver_organization_ids: '{id}' is no operator or regulator of the genesis; leave it out.");
        }

        var approvers = named.Count == 0 ? candidates.Count : named.Distinct(StringComparer.Ordinal).Count();
        if (approvers != named.Count && named.Count > 0)
        {
            faults.Add("approver_organization_ids: an id stands twice; leave one out.");
        }

        if (genesis.ApprovalsNeeded < 1 || genesis.ApprovalsNeeded > Math.Max(1, approvers))
        {
            faults.Add(FormattableString.Invariant(
                $"approvals_needed: must be 1 to the number of approvers, {approvers}, not {genesis.ApprovalsNeeded}."));
        }
    }

    private static void AddForeignLogFaults(Genesis genesis, List<string> faults)
    {
        var ledgers = new HashSet<string>(StringComparer.Ordinal) { genesis.LedgerId };
        var origins = new HashSet<string>(StringComparer.Ordinal);
        Add(faults, "", Shape.Range("foreign_logs.count", genesis.ForeignLogs.Count, 0, EngineLimits.ForeignLogsMax));
        for (var i = 0; i < genesis.ForeignLogs.Count; i++)
        {
            var log = genesis.ForeignLogs[i];
            Add(faults, $"foreign_logs[{i}].", Shape.Id("ledger_id", log.LedgerId));
            Add(faults, $"foreign_logs[{i}].", Shape.Text("origin", log.Origin, 1, 255));
            if (!ledgers.Add(log.LedgerId))
            {
                faults.Add($"foreign_logs[{i}].ledger_id: stands twice or is this ledger; leave it out.");
            }

            if (!origins.Add(log.Origin))
            {
                faults.Add($"foreign_logs[{i}].origin: stands twice; leave one out.");
            }

            AddVerifierFault(log, i, faults);
        }
    }

    private static void AddVerifierFault(ForeignLog log, int index, List<string> faults)
    {
        if (!NoteVerifier.TryParse(log.VerifierKey, out var verifier, out var fault))
        {
            faults.Add($"foreign_logs[{index}].verifier_key: {fault}");
        }
        else if (verifier.Type != NoteSignatureType.Ed25519 || verifier.Name != log.Origin)
        {
            faults.Add($"foreign_logs[{index}].verifier_key: must be of type Ed25519 and carry the origin as its name; take the vkey that the other ledger's log publishes.");
        }
    }

    private static void Add(List<string> faults, string prefix, Rejection? rejection)
    {
        if (rejection is not null)
        {
            faults.Add(prefix + rejection.Message);
        }
    }
}
