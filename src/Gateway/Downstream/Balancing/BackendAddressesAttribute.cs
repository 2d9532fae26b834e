using System.ComponentModel.DataAnnotations;

namespace KpGrpc.Gateway.Downstream.Balancing;

/// <summary>Demands a list of addresses of servers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BackendAddressesAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string list && BackendAddress.ParseList(list) is not null;
}
