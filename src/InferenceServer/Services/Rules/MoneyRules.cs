using KpGrpc.Protos.Type.V1;

namespace KpGrpc.InferenceServer.Services.Rules;

/// <summary>The rules of an amount, as the contract states them.</summary>
internal static class MoneyRules
{
    private const uint ExponentMax = 8;

    /// <summary>What is wrong with the amount, or null.</summary>
    public static string? Fault(Money money) =>
        money.MinorUnits < 0 ? "minor_units must not be negative"
        : money.CurrencyCode.Length != 3 || money.CurrencyCode.AsSpan().ContainsAnyExceptInRange('A', 'Z') ? "currency_code must be three upper-case letters (ISO 4217)"
        : money.Exponent > ExponentMax ? "exponent must be 0 to 8"
        : null;
}
