using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

/// <summary>Offers and agreements of the reference model.</summary>
internal sealed class ModelRights(ModelState state)
{
    private static readonly string[] Traders = ["Producer", "Platform", "Technology", "Operator", "PaymentProvider"];

    private int _activations;

    public string? Publish(string submitter, OfferDetails offer, long now)
    {
        if (!state.Has(submitter, "Producer", "Platform"))
        {
            return "RoleMissing";
        }

        if (offer.Price.MinorUnits < 0)
        {
            return "AmountInvalid";
        }

        if (!state.Currencies.TryGetValue(offer.Price.CurrencyCode, out var exponent))
        {
            return "UnknownCurrency";
        }

        if (exponent != offer.Price.Exponent)
        {
            return "ExponentMismatch";
        }

        if (!state.Works.TryGetValue(offer.WorkId, out var work))
        {
            return "UnknownWork";
        }

        var named = Pick(offer.WorkId, "Sale", now)?.SplitOf("Sale")!.Parties.Any(p => p.Organization == submitter && p.Role == "Platform");
        if (!(work.IsOwner(submitter) && state.Has(submitter, "Producer")) && named != true)
        {
            return "NotAuthorized";
        }

        if (offer.ValidUntilMicros <= now)
        {
            return "TimeInvalid";
        }

        return state.Offers.TryAdd(offer.OfferId, new ModelOffer
        {
            Work = offer.WorkId,
            Price = $"{offer.Price.MinorUnits} {offer.Price.CurrencyCode} {offer.Price.Exponent}",
            Units = offer.Price.MinorUnits,
            Currency = offer.Price.CurrencyCode,
            Terms = offer.Terms,
            Publisher = submitter,
            Until = offer.ValidUntilMicros,
        })
            ? null
            : "AlreadyExists";
    }

    public string? Withdraw(string submitter, string offerId)
    {
        if (!state.Has(submitter, "Producer", "Platform"))
        {
            return "RoleMissing";
        }

        if (!state.Offers.TryGetValue(offerId, out var offer))
        {
            return "UnknownOffer";
        }

        if (offer.Publisher != submitter)
        {
            return "NotAuthorized";
        }

        if (offer.Withdrawn)
        {
            return "OfferClosed";
        }

        offer.Withdrawn = true;
        return null;
    }

    public string? Propose(string submitter, ProposeAgreement body, long now)
    {
        if (!state.Has(submitter, Traders))
        {
            return "RoleMissing";
        }

        var proposed = new ModelVersion
        {
            Agreement = body.Terms.AgreementId,
            ProposalOrder = state.Agreements.Values.Sum(all => all.Count),
            Scope = body.Terms.Scope.WorkId is { } work
                ? "work " + work
                : body.Terms.Scope.ProducerOrganizationId is { } producer ? "producer " + producer : "default",
            Splits = [.. body.Terms.Splits.Select(ModelSplit.Of)],
            Hash = body.TermsHash.ToHex(),
            From = body.Terms.EffectiveFromMicros,
            Until = body.Terms.EffectiveUntilMicros,
        };
        var versions = state.Agreements.GetValueOrDefault(body.Terms.AgreementId) ?? [];
        var reason = CheckProposal(submitter, proposed, body.Terms, versions, now)
            ?? (proposed.From > now && versions.Count(version => version.Status == "Active") >= 8 ? "LimitReached" : null);
        if (reason is not null)
        {
            return reason;
        }

        if (versions.Count > 0 && versions[^1].Status == "Proposed")
        {
            versions[^1].Status = "Refused";
        }

        versions.Add(proposed);
        state.Agreements[body.Terms.AgreementId] = versions;
        TakeAcceptance(submitter, proposed, versions, now);
        return null;
    }

    public string? Accept(string submitter, AcceptAgreement body, long now)
    {
        if (!state.Has(submitter, Traders))
        {
            return "RoleMissing";
        }

        var versions = state.Agreements.GetValueOrDefault(body.AgreementId) ?? [];
        if (body.Version == 0 || body.Version > versions.Count)
        {
            return "UnknownAgreement";
        }

        var version = versions[(int)body.Version - 1];
        var reasons = new (bool Fails, string Reason)[]
        {
            (!version.HasParty(submitter), "NotAParty"),
            (version.Status != "Proposed", "AgreementNotProposed"),
            (version.Accepted.Contains(submitter), "AgreementAlreadyAccepted"),
            (version.Hash != body.TermsHash?.ToHex(), "AgreementTermsMismatch"),
            (version.Until <= now, "TimeInvalid"),
        };
        if (reasons.FirstOrDefault(r => r.Fails).Reason is { } reason)
        {
            return reason;
        }

        TakeAcceptance(submitter, version, versions, now);
        return null;
    }

    public string? Refuse(string submitter, RefuseAgreement body)
    {
        var (version, reason) = Named(submitter, body.AgreementId, body.Version);
        if (reason is not null || version!.Status != "Proposed")
        {
            return reason ?? "AgreementNotProposed";
        }

        version.Status = "Refused";
        return null;
    }

    public string? Terminate(string submitter, TerminateAgreement body, long now)
    {
        var (version, reason) = Named(submitter, body.AgreementId, body.Version);
        if (reason is not null || version!.Status != "Active")
        {
            return reason ?? "AgreementNotActive";
        }

        if (body.EffectiveAtMicros < now)
        {
            return "TimeInvalid";
        }

        version.Status = "Terminated";
        version.TerminatedFrom = body.EffectiveAtMicros ?? now;
        return null;
    }

    private (ModelVersion? Version, string? Reason) Named(string submitter, string agreement, uint number)
    {
        if (!state.Has(submitter, Traders))
        {
            return (null, "RoleMissing");
        }

        var version = state.Agreements.GetValueOrDefault(agreement)?.ElementAtOrDefault((int)number - 1);
        return (version, version is null ? "UnknownAgreement" : version.HasParty(submitter) ? null : "NotAParty");
    }

    public ModelVersion? Pick(string work, string kind, long now)
    {
        var owners = state.Works[work].Owners;
        foreach (var scope in new[] { "work " + work, "producer " + state.Works[work].Registrant, "default" })
        {
            var best = state.Agreements.Values
                .Select(versions => versions.LastOrDefault(v => v.HasStarted(now)))
                .Where(v => v is not null && v.Scope == scope && !(v.Until <= now) && !(v.TerminatedFrom <= now)
                    && v.SplitOf(kind) is not null && owners.All(o => v.HasParty(o.Organization)))
                .MaxBy(v => v!.ActivationOrder);
            if (best is not null)
            {
                return best;
            }
        }

        return null;
    }

    private string? CheckProposal(
        string submitter, ModelVersion proposed, AgreementTerms terms, List<ModelVersion> versions, long now)
    {
        if (ModelTerms.Check(terms, state) is { } fault)
        {
            return fault;
        }

        var work = terms.Scope.WorkId;
        var producer = terms.Scope.ProducerOrganizationId;
        var reasons = new (Func<bool> Fails, string Reason)[]
        {
            (() => !proposed.HasParty(submitter), "NotAParty"),
            (() => terms.Version != versions.Count + 1, "AgreementVersionInvalid"),
            (() => versions.Count > 0 && versions[0].Scope != proposed.Scope, "AgreementScopeChanged"),
            (() => work is not null && !state.Works.ContainsKey(work), "UnknownWork"),
            (() => work is not null && !state.Works[work].Owners.All(o => proposed.HasParty(o.Organization)), "NotAParty"),
            (() => producer is not null && !state.Organizations.ContainsKey(producer), "UnknownOrganization"),
            (() => producer is not null && !proposed.HasParty(producer), "NotAParty"),
            (() => versions.Count > 0 && !versions[^1].HasParty(submitter), "NotAParty"),
            (() => versions.Any(v => v.Binds(now) && v.Parties.Any(p => !proposed.HasParty(p.Organization))), "NotAParty"),
            (() => proposed.Until <= now || proposed.Until <= proposed.From, "TimeInvalid"),
        };
        return reasons.FirstOrDefault(r => r.Fails()).Reason;
    }

    private void TakeAcceptance(string party, ModelVersion version, List<ModelVersion> versions, long now)
    {
        version.Accepted.Add(party);
        if (!version.Parties.All(p => version.Accepted.Contains(p.Organization)))
        {
            return;
        }

        if (version.From is null || version.From <= now)
        {
            foreach (var earlier in versions.Where(v => v.Status == "Active"))
            {
                earlier.Status = "Superseded";
            }
        }

        version.Status = "Active";
        version.ActivatedAt = now;
        version.ActivationOrder = ++_activations;
    }
}
