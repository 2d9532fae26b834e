namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>A GetProfileResponse that is encoded already.</summary>
/// <param name="Bytes">Its bytes.</param>
internal sealed record EncodedProfile(byte[] Bytes);
