using KpGrpc.Gateway.Security.Callers;

namespace KpGrpc.Gateway.Security.Policies;

/// <summary>Who may call one method.</summary>
/// <param name="Service">Full name of the service.</param>
/// <param name="Method">Name of the method; a path has none.</param>
/// <param name="Roles">Any one of these suffices.</param>
/// <param name="IsPublic">Whether no credentials are asked for.</param>
internal sealed record PolicyRow(string Service, string Method, Roles Roles, bool IsPublic = false);
