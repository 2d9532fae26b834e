using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Currencies;

/// <summary>Declared currencies, ordered by code.</summary>
internal sealed class CurrencyTable : IStateTable
{
    private readonly SortedDictionary<string, CurrencyDefinition> _byCode = new(StringComparer.Ordinal);

    /// <summary>Starts with the genesis' currencies.</summary>
    public CurrencyTable(IReadOnlyList<CurrencyDefinition> currencies)
    {
        foreach (var currency in currencies)
        {
            Add(currency);
        }
    }

    /// <summary>All, ordered by code.</summary>
    public IReadOnlyCollection<CurrencyDefinition> All => _byCode.Values;

    /// <summary>A currency by code; null where it is not declared.</summary>
    public CurrencyDefinition? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>Whether a code and exponent are those of a declared currency.</summary>
    public Rejection? Check(string field, string code, uint exponent)
    {
        var currency = Find(code);
        if (currency is null)
        {
            return Rejection.Because(
                RejectionReason.UnknownCurrency,
                $"{field}.currency_code: not declared on this ledger; use a declared currency or have it declared.");
        }

        return currency.Exponent == exponent
            ? null
            : Rejection.Because(
                RejectionReason.ExponentMismatch,
                $"{field}.exponent: {code} was declared with {currency.Exponent}, not {exponent}; send that.");
    }

    /// <summary>Whether an amount is above zero and of a declared currency.</summary>
    public Rejection? CheckPositive(string field, Money amount) =>
        amount.MinorUnits > 0
            ? Check(field, amount.CurrencyCode, amount.Exponent)
            : Rejection.Because(
                RejectionReason.AmountInvalid, $"{field}.minor_units: must be above 0; send at least 1.");

    /// <summary>Whether a code is three upper-case letters and an exponent 0 to 8.</summary>
    public static Rejection? CheckShape(CurrencyDefinition currency)
    {
        var code = currency.CurrencyCode;
        return code.Length == 3 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1])
            && char.IsAsciiLetterUpper(code[2])
            ? Shape.Range("exponent", currency.Exponent, 0, 8)
            : Shape.Malformed($"currency_code: an ISO 4217 code has three upper-case letters; send one.");
    }

    /// <summary>Adds a currency that is not declared yet.</summary>
    internal void Add(CurrencyDefinition currency) => _byCode.Add(currency.CurrencyCode, currency);

    string IStateTable.Name => "currencies";

    void IStateTable.Save(StateWriter writer) => writer.Records(_byCode.Values);

    void IStateTable.Load(StateReader reader)
    {
        _byCode.Clear();
        reader.EachRecord<CurrencyDefinition>(Add);
    }
}
