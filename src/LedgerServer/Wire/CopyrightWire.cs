using Google.Protobuf;

using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.ServiceDefaults.Validation;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;
using TypeProto = KpGrpc.Protos.Type.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Works, offers and licences between the contract and the engine.</summary>
internal static class CopyrightWire
{
    /// <param name="faults">Where faults are recorded.</param>
    /// <param name="body">The parsed body.</param>
    /// <param name="rawBody">The body's bytes as they stand in the payload.</param>
    public static RegisterWork Decode(FieldViolations faults, CopyrightProto.RegisterWork body, byte[] rawBody)
    {
        const string field = "register_work.work";
        var raw = RawField.Find(rawBody, CopyrightProto.RegisterWork.WorkFieldNumber);
        faults.Require(body.Work is not null && raw is not null, field, "is required, once");
        var details = Details(faults, field, body.Work ?? new CopyrightProto.WorkDetails());
        return new RegisterWork(details, WireValues.Sha256(raw ?? []), [.. body.CoSignatures.Select(signature => RightsWire.CoSignature(signature)!)]);
    }

    public static PublishOffer Decode(FieldViolations faults, CopyrightProto.PublishOffer body)
    {
        const string field = "publish_offer.offer";
        faults.Require(body.Offer is not null, field, "is required");
        var offer = body.Offer ?? new CopyrightProto.OfferDetails();
        return new PublishOffer(new OfferDetails
        {
            WorkId = offer.WorkId,
            OfferId = offer.OfferId,
            Price = WireValues.Money(faults, $"{field}.price", offer.Price),
            Terms = Terms(faults, $"{field}.terms", offer.Terms),
            ValidFromMicros = WireValues.Micros(faults, $"{field}.valid_from", offer.ValidFrom),
            ValidUntilMicros = WireValues.Micros(faults, $"{field}.valid_until", offer.ValidUntil),
        });
    }

    public static WithdrawOffer Decode(CopyrightProto.WithdrawOffer body) => new(body.OfferId);

    /// <summary>A holder; a fault and null where neither side is set.</summary>
    public static LicenceHolder? Holder(FieldViolations faults, string field, CopyrightProto.LicenceHolder? holder)
    {
        switch (holder?.HolderCase)
        {
            case CopyrightProto.LicenceHolder.HolderOneofCase.LearnerPseudonym:
                return new LicenceHolder(holder.LearnerPseudonym, null);
            case CopyrightProto.LicenceHolder.HolderOneofCase.OrganizationId:
                return new LicenceHolder(null, holder.OrganizationId);
            default:
                faults.Add(field, "must name a learner pseudonym or an organisation");
                return null;
        }
    }

    public static CopyrightProto.LicenceHolder ToProto(LicenceHolder holder) =>
        holder.LearnerPseudonym is { } pseudonym
            ? new CopyrightProto.LicenceHolder { LearnerPseudonym = pseudonym }
            : new CopyrightProto.LicenceHolder { OrganizationId = holder.OrganizationId };

    public static CopyrightProto.Licence ToProto(Licence licence, long atMicros)
    {
        var proto = new CopyrightProto.Licence
        {
            LicenceId = licence.LicenceId,
            WorkId = licence.WorkId,
            Holder = ToProto(licence.Holder),
            Terms = ToProto(licence.Terms),
            Status = (CopyrightProto.LicenceStatus)licence.StatusAt(atMicros),
            ValidFrom = WireValues.ToTimestamp(licence.ValidFromMicros),
            ValidUntil = WireValues.ToTimestamp(licence.ValidUntilMicros),
            PurchaseId = licence.PurchaseId,
            GrantedAtSequence = licence.GrantedAtSequence,
        };
        if (licence.RevokedAtSequence is { } revoked)
        {
            proto.RevokedAtSequence = revoked;
        }

        return proto;
    }

    public static CopyrightProto.OwnerShare ToProto(OwnerShare owner) => new() { OrganizationId = owner.OrganizationId, Ppm = owner.Ppm };

    public static CopyrightProto.Work ToProto(Work work) => new()
    {
        Details = ToProto(work.Details),
        RegisteredByOrganizationId = work.RegisteredByOrganizationId,
        RegisteredAtSequence = work.RegisteredAtSequence,
        RegisteredAt = WireValues.ToTimestamp(work.RegisteredAtMicros),
        OpenDisputeId = work.OpenDisputeId,
    };

    public static CopyrightProto.Offer ToProto(Offer offer)
    {
        var proto = new CopyrightProto.Offer
        {
            Details = new CopyrightProto.OfferDetails
            {
                WorkId = offer.Details.WorkId,
                OfferId = offer.Details.OfferId,
                Price = WireValues.ToProto(offer.Details.Price),
                Terms = ToProto(offer.Details.Terms),
                ValidFrom = WireValues.ToTimestamp(offer.Details.ValidFromMicros),
                ValidUntil = WireValues.ToTimestamp(offer.Details.ValidUntilMicros),
            },
            PublishedByOrganizationId = offer.PublishedByOrganizationId,
            PublishedAtSequence = offer.PublishedAtSequence,
        };
        if (offer.WithdrawnAtSequence is { } withdrawn)
        {
            proto.WithdrawnAtSequence = withdrawn;
        }

        return proto;
    }

    private static WorkDetails Details(FieldViolations faults, string field, CopyrightProto.WorkDetails work) => new()
    {
        WorkId = work.WorkId,
        Title = work.Title,
        Kind = WireValues.Defined<WorkKind>(faults, $"{field}.kind", (int)work.Kind),
        Field = WireValues.Defined<KnowledgeField>(faults, $"{field}.field", (int)work.Field),
        ContentHashes = [.. work.ContentHashes.Select((hash, i) => new ContentHash(
            WireValues.Defined<HashAlgorithm>(faults, $"{field}.content_hashes[{i}].algorithm", (int)hash.Algorithm), hash.Digest.ToByteArray(), hash.Label))],
        Owners = [.. work.Owners.Select(owner => new OwnerShare(owner.OrganizationId, owner.Ppm))],
        C2paManifestHash = work.C2PaManifestHash.ToByteArray(),
        // A map has no order on the wire; the engine sees one.
        Metadata = [.. work.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)],
        Ancestors = [.. work.Ancestors.Select(ancestor => new Ancestor(ancestor.WorkId, ancestor.RoyaltyPpm))],
        Language = work.Language,
    };

    public static LicenceTerms Terms(FieldViolations faults, string field, CopyrightProto.LicenceTerms? terms)
    {
        faults.Require(terms is not null, field, "is required");
        terms ??= new CopyrightProto.LicenceTerms();
        return new LicenceTerms
        {
            Use = WireValues.Defined<LicenceUse>(faults, $"{field}.use", (int)terms.Use),
            PeriodDays = terms.PeriodDays,
            Territories = [.. terms.Territories],
            Transferable = terms.Transferable,
            Seats = terms.Seats,
            TermsUri = terms.TermsUri,
            TermsHash = terms.TermsHash.ToByteArray(),
        };
    }

    private static CopyrightProto.LicenceTerms ToProto(LicenceTerms terms)
    {
        var proto = new CopyrightProto.LicenceTerms
        {
            Use = (CopyrightProto.LicenceUse)terms.Use,
            PeriodDays = terms.PeriodDays,
            Transferable = terms.Transferable,
            Seats = terms.Seats,
            TermsUri = terms.TermsUri,
            TermsHash = ByteString.CopyFrom(terms.TermsHash.Span),
        };
        proto.Territories.AddRange(terms.Territories);
        return proto;
    }

    private static CopyrightProto.WorkDetails ToProto(WorkDetails details)
    {
        var proto = new CopyrightProto.WorkDetails
        {
            WorkId = details.WorkId,
            Title = details.Title,
            Kind = (TypeProto.WorkKind)details.Kind,
            Field = (TypeProto.KnowledgeField)details.Field,
            C2PaManifestHash = ByteString.CopyFrom(details.C2paManifestHash.Span),
            Language = details.Language,
        };
        proto.ContentHashes.AddRange(details.ContentHashes.Select(hash => new CopyrightProto.ContentHash
        {
            Algorithm = (CopyrightProto.HashAlgorithm)hash.Algorithm,
            Digest = ByteString.CopyFrom(hash.Digest.Span),
            Label = hash.Label,
        }));
        proto.Owners.AddRange(details.Owners.Select(ToProto));
        proto.Ancestors.AddRange(details.Ancestors.Select(ancestor => new CopyrightProto.Ancestor { WorkId = ancestor.WorkId, RoyaltyPpm = ancestor.RoyaltyPpm }));
        foreach (var (key, value) in details.Metadata)
        {
            proto.Metadata[key] = value;
        }

        return proto;
    }
}
