namespace KpGrpc.Demo.Network;

/// <summary>The organisations of the development network beside the producers, and what is agreed among them.</summary>
internal static class DevelopmentParties
{
    /// <summary>Network.</summary>
    public const string NetworkId = "kp-dev";

    /// <summary>Ledger.</summary>
    public const string LedgerId = "main";

    /// <summary>Platform P.</summary>
    public const string Platform = "platform";

    /// <summary>Technology provider T.</summary>
    public const string Technology = "technology";

    /// <summary>Operator O.</summary>
    public const string Operator = "operator";

    /// <summary>Payment provider, through whose clearing account money comes in.</summary>
    public const string PaymentProvider = "payment-provider";

    /// <summary>Share of the producer C. The four shares are chosen so that they never divide a price evenly.</summary>
    public const uint ContentPpm = 700_003;

    /// <summary>Share of the platform P.</summary>
    public const uint PlatformPpm = 149_999;

    /// <summary>Share of the technology provider T.</summary>
    public const uint TechnologyPpm = 84_999;

    /// <summary>Share of the operator O.</summary>
    public const uint OperatorPpm = 64_999;

    /// <summary>The clearing account of a currency, an ISO 4217 code or the Gateway's placeholder for one.</summary>
    public static string ClearingAccount(string currency) => $"{PaymentProvider}/clearing/{currency}";

    /// <summary>The agreement on all works of a producer.</summary>
    public static string AgreementOf(string producerId) => $"agreement/{producerId}";

    /// <summary>The offer of a work.</summary>
    public static string OfferOf(string workId) => $"offer/{workId}";
}
