using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.ServiceDefaults.Validation;

using AgreementProto = KpGrpc.Protos.Agreement.V1;
using MembershipProto = KpGrpc.Protos.Membership.V1;
using PaymentProto = KpGrpc.Protos.Payment.V1;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Agreements and splits between the contract and the engine.</summary>
internal static class AgreementWire
{
    /// <param name="faults">Where faults are recorded.</param>
    /// <param name="body">The parsed body.</param>
    /// <param name="rawBody">The body's bytes as they stand in the payload.</param>
    public static ProposeAgreement Decode(FieldViolations faults, AgreementProto.ProposeAgreement body, byte[] rawBody)
    {
        const string field = "propose_agreement.terms";
        var raw = RawField.Find(rawBody, AgreementProto.ProposeAgreement.TermsFieldNumber);
        faults.Require(body.Terms is not null && raw is not null, field, "is required, once");
        var terms = Terms(faults, field, body.Terms ?? new AgreementProto.AgreementTerms());
        return new ProposeAgreement(terms, WireValues.Sha256(raw ?? []));
    }

    public static AcceptAgreement Decode(AgreementProto.AcceptAgreement body) =>
        new(body.AgreementId, body.Version, WireValues.Hash(body.TermsHash));

    public static RefuseAgreement Decode(AgreementProto.RefuseAgreement body) => new(body.AgreementId, body.Version, body.Reason);

    public static TerminateAgreement Decode(FieldViolations faults, AgreementProto.TerminateAgreement body) => new(
        body.AgreementId, body.Version, WireValues.Micros(faults, "terminate_agreement.effective_at", body.EffectiveAt), body.Reason);

    public static RecordRevenue Decode(FieldViolations faults, PaymentProto.RecordRevenue body) => new()
    {
        RevenueId = body.RevenueId,
        RevenueKind = WireValues.Defined<RevenueKind>(faults, "record_revenue.revenue_kind", (int)body.RevenueKind),
        WorkId = body.WorkId,
        PayerAccountId = body.PayerAccountId,
        Amount = WireValues.Money(faults, "record_revenue.amount", body.Amount),
        PurchaseId = body.PurchaseId,
    };

    public static PaymentProto.SplitResult ToProto(SplitResult split)
    {
        var proto = new PaymentProto.SplitResult
        {
            AgreementId = split.AgreementId,
            AgreementVersion = split.AgreementVersion,
            RevenueKind = (AgreementProto.RevenueKind)split.RevenueKind,
            Rounding = (AgreementProto.RoundingRule)split.Rounding,
            Amount = WireValues.ToProto(split.Amount),
        };
        proto.Lines.AddRange(split.Lines.Select(line => new PaymentProto.SplitLine
        {
            OrganizationId = line.OrganizationId,
            Role = (MembershipProto.Role)line.Role,
            Ppm = line.Ppm,
            Amount = WireValues.ToProto(line.Amount),
            AccountId = line.AccountId,
            RoyaltyOfWorkId = line.RoyaltyOfWorkId,
        }));
        return proto;
    }

    public static AgreementProto.Agreement ToProto(AgreementVersion agreement)
    {
        var proto = new AgreementProto.Agreement
        {
            Terms = ToProto(agreement.Terms),
            TermsHash = WireValues.ToProto(agreement.TermsHash),
            Status = (AgreementProto.AgreementStatus)agreement.Status,
            ProposedByOrganizationId = agreement.ProposedByOrganizationId,
            ProposedAtSequence = agreement.ProposedAtSequence,
        };
        proto.Acceptances.AddRange(agreement.Acceptances.Select(acceptance =>
            new AgreementProto.Acceptance { OrganizationId = acceptance.OrganizationId, Sequence = acceptance.Sequence }));
        if (agreement.ActivatedAtSequence is { } activated)
        {
            proto.ActivatedAtSequence = activated;
        }

        if (agreement.EndedAtSequence is { } ended)
        {
            proto.EndedAtSequence = ended;
        }

        return proto;
    }

    public static AgreementProto.Split ToProto(SplitTerms split)
    {
        var proto = new AgreementProto.Split
        {
            RevenueKind = (AgreementProto.RevenueKind)split.RevenueKind,
            Rounding = (AgreementProto.RoundingRule)split.Rounding,
            DustOrganizationId = split.DustOrganizationId,
        };
        proto.Parties.AddRange(split.Parties.Select(party => new AgreementProto.Party
        {
            OrganizationId = party.OrganizationId,
            Role = (MembershipProto.Role)party.Role,
            Ppm = party.Ppm,
            CapPerSale = Limit(party.CapPerSale),
            FloorPerSale = Limit(party.FloorPerSale),
            MinimumGuarantee = Limit(party.MinimumGuarantee),
            GuarantorOrganizationId = party.GuarantorOrganizationId,
            AccountId = party.AccountId,
        }));
        return proto;
    }

    private static Money? Limit(TypeProto.Money? limit) =>
        limit is null ? null : new Money(limit.MinorUnits, limit.CurrencyCode, limit.Exponent);

    private static TypeProto.Money? Limit(Money? limit) => limit is { } amount ? WireValues.ToProto(amount) : null;

    private static AgreementTerms Terms(FieldViolations faults, string field, AgreementProto.AgreementTerms terms) => new()
    {
        AgreementId = terms.AgreementId,
        Version = terms.Version,
        Scope = Scope(faults, $"{field}.scope", terms.Scope),
        Splits = [.. terms.Splits.Select((split, i) => Split(faults, $"{field}.splits[{i}]", split))],
        EffectiveFromMicros = WireValues.Micros(faults, $"{field}.effective_from", terms.EffectiveFrom),
        EffectiveUntilMicros = WireValues.Micros(faults, $"{field}.effective_until", terms.EffectiveUntil),
        TermsUri = terms.TermsUri,
        LegalTextHash = terms.LegalTextHash.ToByteArray(),
    };

    private static AgreementScope Scope(FieldViolations faults, string field, AgreementProto.AgreementScope? scope)
    {
        switch (scope?.ScopeCase)
        {
            case AgreementProto.AgreementScope.ScopeOneofCase.DefaultScope:
                faults.Require(scope.DefaultScope, $"{field}.default_scope", "must be true where set");
                return AgreementScope.Default;
            case AgreementProto.AgreementScope.ScopeOneofCase.ProducerOrganizationId:
                return AgreementScope.Producer(scope.ProducerOrganizationId);
            case AgreementProto.AgreementScope.ScopeOneofCase.WorkId:
                return AgreementScope.Work(scope.WorkId);
            default:
                faults.Add(field, "is required: the default, a producer or a work");
                return AgreementScope.Default;
        }
    }

    private static SplitTerms Split(FieldViolations faults, string field, AgreementProto.Split split) => new()
    {
        RevenueKind = WireValues.Defined<RevenueKind>(faults, $"{field}.revenue_kind", (int)split.RevenueKind),
        Parties = [.. split.Parties.Select((party, i) => new Party
        {
            OrganizationId = party.OrganizationId,
            Role = WireValues.Defined<Role>(faults, $"{field}.parties[{i}].role", (int)party.Role),
            Ppm = party.Ppm,
            CapPerSale = Limit(party.CapPerSale),
            FloorPerSale = Limit(party.FloorPerSale),
            MinimumGuarantee = Limit(party.MinimumGuarantee),
            GuarantorOrganizationId = party.GuarantorOrganizationId,
            AccountId = party.AccountId,
        })],
        Rounding = WireValues.Defined<RoundingRule>(faults, $"{field}.rounding", (int)split.Rounding),
        DustOrganizationId = split.DustOrganizationId,
    };

    private static AgreementProto.AgreementTerms ToProto(AgreementTerms terms)
    {
        var proto = new AgreementProto.AgreementTerms
        {
            AgreementId = terms.AgreementId,
            Version = terms.Version,
            Scope = ToProto(terms.Scope),
            EffectiveFrom = WireValues.ToTimestamp(terms.EffectiveFromMicros),
            EffectiveUntil = WireValues.ToTimestamp(terms.EffectiveUntilMicros),
            TermsUri = terms.TermsUri,
            LegalTextHash = ByteString.CopyFrom(terms.LegalTextHash.Span),
        };
        proto.Splits.AddRange(terms.Splits.Select(ToProto));
        return proto;
    }

    private static AgreementProto.AgreementScope ToProto(AgreementScope scope) => scope switch
    {
        { WorkId: { } work } => new AgreementProto.AgreementScope { WorkId = work },
        { ProducerOrganizationId: { } producer } => new AgreementProto.AgreementScope { ProducerOrganizationId = producer },
        _ => new AgreementProto.AgreementScope { DefaultScope = true },
    };
}
