using KpGrpc.Protos.Ledger.V1;

using CommandKind = KpGrpc.LedgerServer.Execution.CommandKind;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>Which fields are named where a command of a kind has an empty body.</summary>
internal static class EmptyBodies
{
    // Refused before the order: what the engine's types cannot hold. All faults at once.
    private static readonly Dictionary<CommandKind, string[]> Refused = new()
    {
        [CommandKind.AddKey] = ["add_key.key", "add_key.key.algorithm"],
        [CommandKind.RotateKey] = ["rotate_key.new_key", "rotate_key.new_key.algorithm"],
        [CommandKind.ApproveChange] = ["approve_change.change_hash"],
        [CommandKind.RegisterWork] = ["register_work.work", "register_work.work.kind", "register_work.work.field"],
        [CommandKind.TransferOwnership] = ["transfer_ownership.transfer"],
        [CommandKind.PublishOffer] = ["publish_offer.offer", "publish_offer.offer.price", "publish_offer.offer.terms", "publish_offer.offer.terms.use"],
        [CommandKind.GrantLicence] = ["grant_licence.holder", "grant_licence.terms", "grant_licence.terms.use"],
        [CommandKind.TransferLicence] = ["transfer_licence.transfer", "transfer_licence.transfer.to"],
        [CommandKind.ProposeAgreement] = ["propose_agreement.terms", "propose_agreement.terms.scope"],
        [CommandKind.OpenAccount] = ["open_account.owner", "open_account.kind"],
        [CommandKind.Deposit] = ["deposit.amount"],
        [CommandKind.Payout] = ["payout.amount"],
        [CommandKind.Transfer] = ["transfer.amount"],
        [CommandKind.PlaceHold] = ["place_hold.amount"],
        [CommandKind.Purchase] = ["purchase.expected_price"],
        [CommandKind.OpenPool] = ["open_pool.method"],
        [CommandKind.Subscribe] = ["subscribe.amount"],
        [CommandKind.RecordRevenue] = ["record_revenue.revenue_kind", "record_revenue.amount"],
        [CommandKind.OpenSettlementPeriod] = ["open_settlement_period.starts_at", "open_settlement_period.ends_at"],
        [CommandKind.RecordAccess] = ["record_access.purpose"],
        [CommandKind.CommitSubjectData] = ["attachment"],
    };

    // Ordered and rejected by the engine, which names the first fault.
    private static readonly Dictionary<CommandKind, string> Rejected = new()
    {
        [CommandKind.EnrolOrganization] = "organization_id",
        [CommandKind.RevokeKey] = "key_id",
        [CommandKind.SuspendOrganization] = "organization_id",
        [CommandKind.ReinstateOrganization] = "organization_id",
        [CommandKind.ChangeRoles] = "organization_id",
        [CommandKind.ChangePolicy] = "approvals_needed",
        [CommandKind.DeclareCurrency] = "currency_code",
        [CommandKind.ActivateEngine] = "engine_version",
        [CommandKind.WithdrawOffer] = "offer_id",
        [CommandKind.RevokeLicence] = "licence_id",
        [CommandKind.OpenDispute] = "dispute_id",
        [CommandKind.ResolveDispute] = "dispute_id",
        [CommandKind.AcceptAgreement] = "agreement_id",
        [CommandKind.RefuseAgreement] = "agreement_id",
        [CommandKind.TerminateAgreement] = "agreement_id",
        [CommandKind.PostMultiple] = "lines.count",
        [CommandKind.CaptureHold] = "hold_id",
        [CommandKind.ReleaseHold] = "hold_id",
        [CommandKind.Refund] = "refund_id",
        [CommandKind.Chargeback] = "chargeback_id",
        [CommandKind.RecordUsage] = "pool_id",
        [CommandKind.SettlePool] = "pool_id",
        [CommandKind.CloseSettlementPeriod] = "period_id",
        [CommandKind.TransferBatch] = "account_ids.count",
        [CommandKind.GrantConsent] = "consent_id",
        [CommandKind.RevokeConsent] = "consent_id",
        [CommandKind.EraseSubject] = "subject_pseudonym",
    };

    public static void AssertNamed(CommandKind kind, SubmissionDoor door, SubmissionAnswer answer)
    {
        if (Refused.TryGetValue(kind, out var fields))
        {
            // A signed batch is as good as its first command, which tells whose it is; an attachment is looked for after that.
            answer.AssertMalformed(door == SubmissionDoor.SignedBatch && kind != CommandKind.CommitSubjectData ? [.. fields.Select(field => field.StartsWith("payload", StringComparison.Ordinal) ? $"batch.payloads[0]{field[7..]}" : $"batch.payloads[0].{field}")] : fields);
            return;
        }

        var receipt = answer.Receipt();
        var reason = kind == CommandKind.ActivateEngine ? RejectionReason.EngineVersionInvalid : RejectionReason.Malformed;
        Assert.Equal((ReceiptStatus.Rejected, reason), (receipt.Status, receipt.RejectionReason));
        Assert.StartsWith($"{Rejected[kind]}: ", receipt.RejectionMessage, StringComparison.Ordinal);
        Assert.Empty(receipt.Effects);
    }
}
