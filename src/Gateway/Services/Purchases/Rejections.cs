using Grpc.Core;

using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>Says in the learner's words why the ledger rejected a write.</summary>
internal static class Rejections
{
    /// <summary>The violation of the contract that stands for a reason; reasons without one keep their own name.</summary>
    public static string ViolationOf(RejectionReason reason) => reason switch
    {
        RejectionReason.PriceMismatch => Violations.PriceChanged,
        // A wallet that was never opened is one without money.
        RejectionReason.InsufficientFunds or RejectionReason.UnknownAccount => Violations.InsufficientFunds,
        RejectionReason.AlreadyLicensed => Violations.AlreadyOwned,
        RejectionReason.UnknownOffer or RejectionReason.OfferClosed => Violations.NotOnSale,
        RejectionReason.NoActiveAgreement or RejectionReason.AgreementNotActive => Violations.NoAgreement,
        _ => NameOf(reason),
    };

    /// <summary>The error of a rejected entry.</summary>
    /// <param name="receipt">The entry.</param>
    /// <param name="subject">What the write was about, such as <c>works/w-1</c>.</param>
    public static RpcException ToError(Receipt receipt, string subject)
    {
        var violation = ViolationOf(receipt.RejectionReason);
        return receipt.RejectionReason == RejectionReason.UnknownWork
            ? RichErrors.NotFound("work", subject, "the ledger does not know this work; nothing was charged")
            : RichErrors.FailedPrecondition(violation, subject, $"{Advice(violation)} Nothing was charged. Use a new idempotency key for the next try.");
    }

    /// <summary>Name of a reason as the contract spells it, without its prefix: <c>INSUFFICIENT_FUNDS</c>.</summary>
    public static string NameOf(RejectionReason reason) =>
        string.Concat(reason.ToString().Select((character, index) => index > 0 && char.IsAsciiLetterUpper(character) ? $"_{character}" : $"{char.ToUpperInvariant(character)}"));

    private static string Advice(string violation) => violation switch
    {
        Violations.PriceChanged => "The price has changed: show the learner the new one and ask again.",
        Violations.InsufficientFunds => "The wallet holds less than the price: top it up first.",
        Violations.AlreadyOwned => "The learner owns this work already.",
        Violations.NotOnSale => "The work is not on sale now.",
        Violations.NoAgreement => "No active agreement says how this work's revenue is split: its partners have to sign one.",
        _ => $"The ledger rejected the write ({violation}).",
    };
}
