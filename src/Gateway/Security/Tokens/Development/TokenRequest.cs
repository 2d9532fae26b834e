namespace KpGrpc.Gateway.Security.Tokens.Development;

/// <summary>Body of <c>POST /dev/token</c>.</summary>
/// <param name="Subject">The caller's name, an id; a learner's own id for a learner.</param>
/// <param name="Roles">Names of roles; none means learner.</param>
internal sealed record TokenRequest(string? Subject, IReadOnlyList<string>? Roles);
