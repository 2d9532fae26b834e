namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>Names of broken preconditions as the contract's comments list them.</summary>
internal static class Violations
{
    public const string PriceChanged = "PRICE_CHANGED";
    public const string InsufficientFunds = "INSUFFICIENT_FUNDS";
    public const string AlreadyOwned = "ALREADY_OWNED";
    public const string NotOnSale = "NOT_ON_SALE";
    public const string NoAgreement = "NO_AGREEMENT";

    /// <summary>This Gateway keeps no key of the organisation that would have to sign.</summary>
    public const string NoKey = "NO_SIGNING_KEY";

    /// <summary>The payment provider is not one that this Gateway works with.</summary>
    public const string UnknownProvider = "UNKNOWN_PROVIDER";
}
