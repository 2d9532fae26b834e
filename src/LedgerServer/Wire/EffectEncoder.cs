using System.Diagnostics;

using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Membership;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.LedgerServer.Wire.Transfers;

using AgreementProto = KpGrpc.Protos.Agreement.V1;
using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>The engine's effects as the contract's. Total: a test walks all effect types.</summary>
internal static class EffectEncoder
{
    /// <param name="effect">The change.</param>
    /// <param name="orderedAtMicros">Time of its receipt: what a new licence's status is judged by.</param>
    public static LedgerProto.Effect Encode(Effect effect, long orderedAtMicros) => effect switch
    {
        Posting posting => new() { Posting = PaymentWire.ToProto(posting) },
        TransfersMade made => new() { TransfersMade = TransferBatchWire.ToProto(made) },
        AccountOpened opened => new() { AccountOpened = new() { Account = PaymentWire.ToProto(opened.Account) } },
        PurchaseRefunded refunded => new() { PurchaseRefunded = RefundWire.ToProto(refunded) },
        HoldPlaced placed => new() { HoldPlaced = new() { Hold = HoldWire.ToProto(placed.Hold) } },
        HoldCaptured captured => new() { HoldCaptured = HoldWire.ToProto(captured) },
        HoldReleased released => new()
        {
            HoldReleased = new() { HoldId = released.HoldId, Amount = WireValues.ToProto(released.Amount), Expired = released.Expired },
        },
        PurchaseMade purchase => new() { PurchaseMade = Encode(purchase) },
        PoolOpened opened => new() { PoolOpened = new() { PoolId = opened.PoolId, AccountId = opened.AccountId } },
        PoolFunded funded => new() { PoolFunded = PoolWire.ToProto(funded) },
        UsageRecorded usage => new() { UsageRecorded = PoolWire.ToProto(usage) },
        PoolSettled settled => new() { PoolSettled = PoolWire.ToProto(settled) },
        PoolCarried carried => new() { PoolCarried = PoolWire.ToProto(carried) },
        PeriodOpened opened => new() { PeriodOpened = new() { PeriodId = opened.PeriodId } },
        PeriodClosed closed => new() { PeriodClosed = new() { PeriodId = closed.PeriodId, StatementsRoot = WireValues.ToProto(closed.StatementsRoot) } },
        RevenueSplit revenue => new() { RevenueSplit = new() { RevenueId = revenue.RevenueId, WorkId = revenue.WorkId, Split = AgreementWire.ToProto(revenue.Split) } },
        WorkRegistered work => new() { WorkRegistered = Encode(work) },
        OwnershipTransferred passed => new()
        {
            OwnershipTransferred = new()
            {
                WorkId = passed.WorkId,
                FromOrganizationId = passed.FromOrganizationId,
                ToOrganizationId = passed.ToOrganizationId,
                Ppm = passed.Ppm,
            },
        },
        OfferPublished offer => new() { OfferPublished = new() { OfferId = offer.OfferId, WorkId = offer.WorkId, Price = WireValues.ToProto(offer.Price) } },
        OfferWithdrawn offer => new() { OfferWithdrawn = new() { OfferId = offer.OfferId } },
        LicenceGranted granted => new() { LicenceGranted = new() { Licence = CopyrightWire.ToProto(granted.Licence, orderedAtMicros) } },
        LicenceTransferred passed => new() { LicenceTransferred = new() { LicenceId = passed.LicenceId, To = CopyrightWire.ToProto(passed.To) } },
        LicenceRevoked revoked => new() { LicenceRevoked = new() { LicenceId = revoked.LicenceId, WorkId = revoked.WorkId } },
        DisputeOpened opened => new() { DisputeOpened = new() { DisputeId = opened.DisputeId, WorkId = opened.WorkId } },
        DisputeVoted voted => new() { DisputeVoted = DisputeWire.ToProto(voted) },
        DisputeResolved resolved => new() { DisputeResolved = DisputeWire.ToProto(resolved) },
        AgreementProposed proposed => new()
        {
            AgreementProposed = new() { AgreementId = proposed.AgreementId, Version = proposed.Version, TermsHash = WireValues.ToProto(proposed.TermsHash) },
        },
        AgreementAccepted accepted => new()
        {
            AgreementAccepted = new() { AgreementId = accepted.AgreementId, Version = accepted.Version, OrganizationId = accepted.OrganizationId },
        },
        AgreementActivated activated => new() { AgreementActivated = new() { AgreementId = activated.AgreementId, Version = activated.Version } },
        AgreementEnded ended => new()
        {
            AgreementEnded = new() { AgreementId = ended.AgreementId, Version = ended.Version, Status = (AgreementProto.AgreementStatus)ended.Status },
        },
        OrganizationEnrolled enrolled => new() { OrganizationEnrolled = new() { Organization = MembershipWire.ToProto(enrolled.Organization) } },
        KeyAdded added => new() { KeyAdded = new() { OrganizationId = added.OrganizationId, Key = MembershipWire.ToProto(added.Key) } },
        ChangeProposed or ChangeVoted or OrganizationSuspended or OrganizationReinstated or RolesChanged or KeyRevoked or PolicyChanged or EngineActivated =>
            GovernanceWire.Encode(effect),
        CurrencyDeclared declared => new()
        {
            CurrencyDeclared = new() { CurrencyCode = declared.Currency.CurrencyCode, Exponent = declared.Currency.Exponent },
        },
        _ => SharingWire.TryEncode(effect) ?? throw new UnreachableException($"the contract has no effect {effect.GetType().Name}"),
    };

    private static LedgerProto.PurchaseMade Encode(PurchaseMade purchase) => new()
    {
        PurchaseId = purchase.PurchaseId,
        WorkId = purchase.WorkId,
        OfferId = purchase.OfferId,
        PayerAccountId = purchase.PayerAccountId,
        Split = AgreementWire.ToProto(purchase.Split),
    };

    private static LedgerProto.WorkRegistered Encode(WorkRegistered work)
    {
        var proto = new LedgerProto.WorkRegistered { WorkId = work.WorkId, DetailsHash = WireValues.ToProto(work.DetailsHash) };
        proto.Owners.AddRange(work.Owners.Select(CopyrightWire.ToProto));
        return proto;
    }
}
