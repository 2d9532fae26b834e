using System.Text;

namespace KpGrpc.LedgerServer.Telemetry;

/// <summary>Names of an enum's values as the contract writes them: <c>InsufficientFunds</c> is <c>INSUFFICIENT_FUNDS</c>.</summary>
/// <typeparam name="T">The enum, of numbers from 0.</typeparam>
internal static class ReasonNames<T>
    where T : struct, Enum
{
    private static readonly string[] Names = Build();

    /// <summary>The name of a number.</summary>
    public static string Of(int number) => Names[number];

    private static string[] Build()
    {
        var values = Enum.GetValues<T>().ToDictionary(value => Convert.ToInt32(value, null), value => UpperSnake(value.ToString()));
        return [.. Enumerable.Range(0, values.Keys.Max() + 1).Select(number => values.GetValueOrDefault(number, "UNKNOWN"))];
    }

    private static string UpperSnake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
