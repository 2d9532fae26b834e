using KpGrpc.LedgerServer.Execution.CoSignatures;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Ownership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>Works, their owners and licences of the reference model.</summary>
internal sealed class ModelCopyright(ModelState state)
{
    private const long MicrosPerDay = 24L * 60 * 60 * 1_000_000;

    private static readonly string[] Traders = ["Producer", "Platform", "Technology", "Operator", "PaymentProvider"];

    public string? Register(string submitter, RegisterWork body)
    {
        var owners = body.Work.Owners.Select(o => (o.OrganizationId, (long)o.Ppm)).ToList();
        var others = owners.Select(o => o.OrganizationId).Where(id => id != submitter).ToList();
        var signers = body.CoSignatures.Select(s => s.OrganizationId).ToList();
        var reason = First(
            (() => !state.Has(submitter, "Producer"), "RoleMissing"),
            (() => owners.Sum(o => o.Item2) != 1_000_000 || owners.DistinctBy(o => o.OrganizationId).Count() < owners.Count, "SharesInvalid"),
            (() => others.Count == owners.Count, "NotAuthorized"),
            (() => owners.Any(o => !state.Organizations.ContainsKey(o.OrganizationId)), "UnknownOrganization"),
            (() => signers.Except(others).Any() || signers.Distinct().Count() < signers.Count, "CoSignatureInvalid"),
            (() => others.Except(signers).Any(), "CoSignatureMissing"),
            (() => body.Work.Ancestors.Sum(a => a.RoyaltyPpm) > 1_000_000, "RoyaltyInvalid"),
            (() => body.Work.Ancestors.Any(a => !state.Works.ContainsKey(a.WorkId)), "UnknownAncestor"),
            (() => state.Works.ContainsKey(body.Work.WorkId), "AlreadyExists"),
            (() => body.CoSignatures.Any(s => !Counts(s, body.DetailsHash.ToHex())), "CoSignatureInvalid"));
        if (reason is null)
        {
            state.Works.Add(body.Work.WorkId, new ModelWork
            {
                Registrant = submitter,
                Owners = owners,
                Ancestors = [.. body.Work.Ancestors.Select(a => (a.WorkId, (long)a.RoyaltyPpm))],
            });
        }

        return reason;
    }

    public string? Pass(string submitter, TransferOwnership body)
    {
        var (workId, from, to, ppm) = body.Transfer;
        var work = state.Works.GetValueOrDefault(workId);
        var owned = work?.Owners.Where(o => o.Organization == from).Sum(o => o.Ppm) ?? 0;
        var reason = First(
            (() => !state.Has(submitter, Traders), "RoleMissing"),
            (() => from == to, "Malformed"),
            (() => from != submitter, "NotAuthorized"),
            (() => work is null, "UnknownWork"),
            (() => work!.Dispute is not null, "WorkInDispute"),
            (() => owned < ppm, "InsufficientShare"),
            (() => !state.Organizations.ContainsKey(to), "UnknownOrganization"),
            (() => body.ReceiverSignature is null, "CoSignatureMissing"),
            (() => body.ReceiverSignature!.OrganizationId != to, "CoSignatureInvalid"),
            (() => !Counts(body.ReceiverSignature!, body.TermsHash.ToHex()), "CoSignatureInvalid"));
        if (reason is not null)
        {
            return reason;
        }

        var has = work!.IsOwner(to);
        var after = work.Owners.ToDictionary(o => o.Organization, o => o.Ppm);
        after[from] -= ppm;
        after[to] = after.GetValueOrDefault(to) + ppm;
        var order = work.Owners.Select(o => o.Organization).Concat(has ? [] : [to]);
        work.Owners = [.. order.Where(o => after[o] > 0).Select(o => (o, after[o]))];
        return null;
    }

    public string? Grant(string submitter, GrantLicence body, long now)
    {
        var holder = ModelLicence.NameOf(body.Holder);
        var reason = First(
            (() => !state.Has(submitter, Traders), "RoleMissing"),
            (() => state.Licences.ContainsKey(body.LicenceId), "AlreadyExists"),
            (() => !state.Works.ContainsKey(body.WorkId), "UnknownWork"),
            (() => !state.Works[body.WorkId].IsOwner(submitter), "NotAuthorized"),
            (() => state.Works[body.WorkId].Dispute is not null, "WorkInDispute"),
            (() => !MayHold(body.Holder), "UnknownOrganization"),
            (() => IsFull(holder, body.WorkId, now), "LimitReached"));
        if (reason is null)
        {
            state.Licences.Add(body.LicenceId, new ModelLicence
            {
                Holder = holder,
                Work = body.WorkId,
                Terms = body.Terms,
                Grantor = submitter,
                Paid = false,
                From = now,
                Until = body.Terms.PeriodDays == 0 ? null : now + (body.Terms.PeriodDays * MicrosPerDay),
            });
        }

        return reason;
    }

    public string? PassOn(string submitter, TransferLicence body, long now)
    {
        var licence = state.Licences.GetValueOrDefault(body.Transfer.LicenceId);
        var to = ModelLicence.NameOf(body.Transfer.To);
        var byOrganization = licence?.Holder.StartsWith("org:", StringComparison.Ordinal) == true;
        var mayAlone = licence is not null && (byOrganization ? licence.Holder == "org:" + submitter : licence.Grantor == submitter);
        var signature = body.HolderSignature;
        var reason = First(
            (() => !state.Has(submitter, Traders), "RoleMissing"),
            (() => licence is null, "UnknownLicence"),
            (() => !licence!.IsActive(now), "LicenceNotActive"),
            (() => !licence!.Terms.Transferable, "LicenceNotTransferable"),
            (() => licence!.Holder == to, "AlreadyLicensed"),
            (() => !MayHold(body.Transfer.To), "UnknownOrganization"),
            (() => IsFull(to, licence!.Work, now), "LimitReached"),
            (() => !mayAlone && signature is null, byOrganization ? "CoSignatureMissing" : "NotAuthorized"),
            (() => signature is not null && (mayAlone || licence!.Holder != "org:" + signature.OrganizationId), "CoSignatureInvalid"),
            (() => signature is not null && !Counts(signature, body.TermsHash.ToHex()), "CoSignatureInvalid"));
        if (reason is null)
        {
            licence!.Holder = to;
        }

        return reason;
    }

    public string? Revoke(string submitter, RevokeLicence body, long now)
    {
        var licence = state.Licences.GetValueOrDefault(body.LicenceId);
        var reason = First(
            (() => !state.Has(submitter, [.. Traders, "Regulator"]), "RoleMissing"),
            (() => licence is null, "UnknownLicence"),
            (() => !licence!.IsActive(now), "LicenceNotActive"),
            (() => !state.Has(submitter, "Regulator") && (licence!.Paid || licence.Grantor != submitter), "NotAuthorized"));
        if (reason is null)
        {
            licence!.Revoked = true;
        }

        return reason;
    }

    /// <summary>Whether the holder needs nothing of what the terms grant.</summary>
    public bool IsLicensed(string holder, string work, LicenceTerms terms, long now) => state.Licences.Values.Any(l =>
        l.Holder == holder && l.Work == work && l.IsActive(now)
        && l.Terms.Use == terms.Use
        && Math.Max(l.Terms.Seats, 1) >= Math.Max(terms.Seats, 1)
        && (!l.Terms.Territories.Any() || (terms.Territories.Any() && !terms.Territories.Except(l.Terms.Territories).Any())));

    private bool MayHold(LicenceHolder holder) => holder.OrganizationId is null || state.Organizations.ContainsKey(holder.OrganizationId);

    private bool IsFull(string holder, string work, long now) =>
        state.Licences.Values.Count(l => l.Holder == holder && l.Work == work && l.IsActive(now)) >= 16;

    private bool Counts(CoSignature signature, string terms) =>
        state.KeyOwners.GetValueOrDefault(signature.KeyId) == signature.OrganizationId
        && !state.RevokedKeys.Contains(signature.KeyId)
        && !state.Suspended.Contains(signature.OrganizationId)
        && state.Has(signature.OrganizationId, Traders)
        && signature.TermsHash?.ToHex() == terms
        && signature.Signature.Span[0] == 1;

    private static string? First(params (Func<bool> Fails, string Reason)[] reasons) =>
        reasons.FirstOrDefault(r => r.Fails()).Reason;
}
