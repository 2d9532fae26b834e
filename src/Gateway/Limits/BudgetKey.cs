namespace KpGrpc.Gateway.Limits;

/// <summary>Whose budget it is.</summary>
/// <param name="Kind"><c>c</c> for a caller, <c>o</c> for an organisation, <c>x</c> for all that are too many to tell apart.</param>
/// <param name="Name">Her name; where nobody asks for credentials, her address.</param>
internal readonly record struct BudgetKey(char Kind, string Name)
{
    /// <summary>The budget that those beyond <see cref="LimitOptions.CallersMax"/> share.</summary>
    public static BudgetKey Crowd { get; } = new('x', string.Empty);
}
