using System.Globalization;

namespace KpGrpc.Testing;

/// <summary>
/// How long the long tests run. The environment variable <c>KP_SOAK</c> is a fraction of the soak run, above 0 and up to 1;
/// without it, the tests do what belongs into every run.
/// </summary>
public static class TestScale
{
    private const string Variable = "KP_SOAK";

    /// <summary>Gets a value indicating whether this is a soak run.</summary>
    public static bool IsSoak => Fraction is not null;

    private static double? Fraction => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text
        ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction) && fraction is > 0 and <= 1
            ? fraction
            : throw new InvalidOperationException($"{Variable} is {text}; it must be a number above 0 and up to 1");

    /// <summary>A number of rounds, sequences or seeds.</summary>
    /// <param name="always">In every run.</param>
    /// <param name="soak">In a whole soak run.</param>
    public static int Of(int always, int soak) => Fraction is { } fraction ? Math.Max(1, (int)(soak * fraction)) : always;
}
