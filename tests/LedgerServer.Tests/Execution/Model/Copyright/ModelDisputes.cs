using System.Numerics;
using KpGrpc.LedgerServer.Execution.Disputes;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>Disputes of the reference model. One vote decides, as the genesis of the tests has it.</summary>
internal sealed class ModelDisputes(ModelState state)
{
    private static readonly string[] Claimants = ["Producer", "Platform", "Technology", "Operator", "PaymentProvider", "Regulator"];

    public string? Open(string submitter, OpenDispute body)
    {
        var work = state.Works.GetValueOrDefault(body.WorkId);
        var reason = First(
            (() => !state.Has(submitter, Claimants), "RoleMissing"),
            (() => state.Disputes.ContainsKey(body.DisputeId), "AlreadyExists"),
            (() => work is null, "UnknownWork"),
            (() => work!.Dispute is not null, "WorkInDispute"));
        if (reason is null)
        {
            state.Disputes.Add(body.DisputeId, new ModelDispute { Work = body.WorkId, Claimant = submitter });
            work!.Dispute = body.DisputeId;
        }

        return reason;
    }

    public string? Vote(string submitter, ResolveDispute body)
    {
        var dispute = state.Disputes.GetValueOrDefault(body.DisputeId);
        var owners = body.Owners.Select(o => (Organization: o.OrganizationId, Ppm: (long)o.Ppm)).ToList();
        var reason = First(
            (() => !state.Has(submitter, "Operator", "Regulator"), "RoleMissing"),
            (() => body.Upheld == (owners.Count == 0), "Malformed"),
            (() => body.Upheld && (owners.Sum(o => o.Ppm) != 1_000_000 || owners.DistinctBy(o => o.Organization).Count() < owners.Count), "SharesInvalid"),
            (() => dispute is null, "UnknownDispute"),
            (() => dispute!.Status != "Open", "DisputeNotOpen"),
            (() => dispute!.Claimant == submitter || state.Works[dispute.Work].IsOwner(submitter) || owners.Any(o => o.Organization == submitter), "NotAuthorized"),
            (() => owners.Any(o => !state.Organizations.ContainsKey(o.Organization)), "UnknownOrganization"));
        if (reason is not null)
        {
            return reason;
        }

        var work = state.Works[dispute!.Work];
        owners = [.. owners.OrderBy(o => o.Organization, StringComparer.Ordinal)];
        foreach (var currency in dispute.Escrow.GroupBy(share => share.Key.Split(' ')[0]))
        {
            var sum = currency.Aggregate(BigInteger.Zero, (total, share) => total + share.Value);
            state.Accounts[$"escrow/{body.DisputeId}/{currency.Key}"].Debits += sum;
            var paid = body.Upheld
                ? ModelRoyalties.ByShare(owners, sum)
                : currency.Select(share => (Organization: share.Key.Split(' ')[1], Amount: share.Value));
            if (body.Upheld)
            {
                dispute.Paid.Add(currency.Key, [.. paid]);
            }

            foreach (var (organization, amount) in paid)
            {
                Revenue(organization, currency.Key, submitter).Credits += amount;
            }
        }

        dispute.Escrow.Clear();
        dispute.Status = body.Upheld ? "Upheld" : "Dismissed";
        work.Dispute = null;
        work.Owners = body.Upheld ? owners : work.Owners;
        dispute.ResolvedOwners = work.Owners;
        return null;
    }

    private ModelAccount Revenue(string organization, string currency, string opener)
    {
        var id = $"revenue/{organization}/{currency}";
        if (!state.Accounts.TryGetValue(id, out var account))
        {
            state.Accounts.Add(id, account = new ModelAccount { Owner = "org:" + organization, Kind = "Revenue", Currency = currency, Opener = opener });
        }

        return account;
    }

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
