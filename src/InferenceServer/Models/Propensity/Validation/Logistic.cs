namespace KpGrpc.InferenceServer.Models.Propensity.Validation;

/// <summary>Log-odds and probabilities.</summary>
internal static class Logistic
{
    private const double Least = 1e-9; // log-odds stay within ±20.7

    /// <summary>The probability of log-odds.</summary>
    public static double Of(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>The log-odds of a probability, which is kept away from 0 and 1 by 1e-9.</summary>
    public static double LogOdds(double probability)
    {
        var kept = Math.Clamp(probability, Least, 1 - Least);
        return Math.Log(kept / (1 - kept));
    }
}
