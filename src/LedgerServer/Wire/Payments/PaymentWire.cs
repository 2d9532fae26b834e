using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Wire.Payments;

/// <summary>Accounts, movements and purchases between the contract and the engine.</summary>
internal static class PaymentWire
{
    public static OpenAccount Decode(FieldViolations faults, PaymentProto.OpenAccount body) => new()
    {
        AccountId = body.AccountId,
        Owner = Owner(faults, "open_account.owner", body.Owner) ?? AccountOwner.Organization(string.Empty),
        AccountKind = WireValues.Defined<AccountKind>(faults, "open_account.kind", (int)body.Kind),
        CurrencyCode = body.CurrencyCode,
        Exponent = body.Exponent,
        Limits = new AccountLimits(body.Limits?.OverdraftMinorUnits ?? 0, body.Limits?.BalanceMaxMinorUnits ?? 0),
    };

    public static Deposit Decode(FieldViolations faults, PaymentProto.Deposit body) => new()
    {
        ClearingAccountId = body.ClearingAccountId,
        AccountId = body.AccountId,
        Amount = WireValues.Money(faults, "deposit.amount", body.Amount),
        ExternalReference = body.ExternalReference,
    };

    public static Transfer Decode(FieldViolations faults, PaymentProto.Transfer body) => new()
    {
        DebitAccountId = body.DebitAccountId,
        CreditAccountId = body.CreditAccountId,
        Amount = WireValues.Money(faults, "transfer.amount", body.Amount),
        Reference = body.Reference,
    };

    public static Payout Decode(FieldViolations faults, PaymentProto.Payout body) => new()
    {
        AccountId = body.AccountId,
        ClearingAccountId = body.ClearingAccountId,
        Amount = WireValues.Money(faults, "payout.amount", body.Amount),
        ExternalReference = body.ExternalReference,
    };

    public static PostMultiple Decode(FieldViolations faults, PaymentProto.PostMultiple body) => new()
    {
        Lines = [.. body.Lines.Select((line, i) => new PostingLine(
            line.AccountId,
            WireValues.Defined<Direction>(faults, $"post_multiple.lines[{i}].direction", (int)line.Direction),
            WireValues.Money(faults, $"post_multiple.lines[{i}].amount", line.Amount)))],
        DescriptionCode = body.DescriptionCode,
    };

    public static Purchase Decode(FieldViolations faults, PaymentProto.Purchase body) => new()
    {
        PurchaseId = body.PurchaseId,
        LearnerPseudonym = body.LearnerPseudonym,
        WorkId = body.WorkId,
        OfferId = body.OfferId,
        ExpectedPrice = WireValues.Money(faults, "purchase.expected_price", body.ExpectedPrice),
        PayerAccountId = body.PayerAccountId,
        ReferrerOrganizationId = body.ReferrerOrganizationId,
    };

    /// <summary>An owner; a fault and null where neither side is set.</summary>
    public static AccountOwner? Owner(FieldViolations faults, string field, PaymentProto.AccountOwner? owner)
    {
        switch (owner?.OwnerCase)
        {
            case PaymentProto.AccountOwner.OwnerOneofCase.OrganizationId:
                return AccountOwner.Organization(owner.OrganizationId);
            case PaymentProto.AccountOwner.OwnerOneofCase.LearnerPseudonym:
                return AccountOwner.Learner(owner.LearnerPseudonym);
            default:
                faults.Add(field, "must name an organisation or a learner pseudonym");
                return null;
        }
    }

    public static PaymentProto.Account ToProto(Account account) => new()
    {
        AccountId = account.AccountId,
        Owner = account.Owner.LearnerPseudonym is { } pseudonym
            ? new PaymentProto.AccountOwner { LearnerPseudonym = pseudonym }
            : new PaymentProto.AccountOwner { OrganizationId = account.Owner.OrganizationId },
        Kind = (PaymentProto.AccountKind)account.Kind,
        CurrencyCode = account.CurrencyCode,
        Exponent = account.Exponent,
        Limits = new PaymentProto.AccountLimits
        {
            OverdraftMinorUnits = account.Limits.OverdraftMinorUnits,
            BalanceMaxMinorUnits = account.Limits.BalanceMaxMinorUnits,
        },
        OpenedAtSequence = account.OpenedAtSequence,
    };

    public static PaymentProto.Posting ToProto(Posting posting) => new()
    {
        AccountId = posting.AccountId,
        Direction = (PaymentProto.Direction)posting.Direction,
        Amount = WireValues.ToProto(posting.Amount),
        State = (PaymentProto.PostingState)posting.State,
        Reason = (PaymentProto.PostingReason)posting.Reason,
        HoldId = posting.HoldId,
    };
}
