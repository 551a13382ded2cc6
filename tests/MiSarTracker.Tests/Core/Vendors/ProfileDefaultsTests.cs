using System.Collections;
using System.Runtime.CompilerServices;
using MiSarTracker.Core.Vendors;
using Xunit;

namespace MiSarTracker.Tests.Core.Vendors;

/// <summary>The generated reader sets an absent <c>init</c> property to its type's default, whatever initializer it has.</summary>
public sealed class ProfileDefaultsTests
{
    [Fact]
    public void WhatAProfileLeavesOutIsWhatItsTypeSays()
    {
        var looked = 0;
        foreach (var type in typeof(VendorProfile).Assembly.GetTypes().Where(type => type.Namespace == typeof(VendorProfile).Namespace && !type.IsAbstract && type.GetConstructor([]) is not null))
        {
            var stated = Activator.CreateInstance(type)!;
            var bare = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var property in type.GetProperties().Where(property => property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true))
            {
                looked++;
                Assert.True(IsSame(property.GetValue(stated), property.GetValue(bare)), $"{type.Name}.{property.Name}: give it its value in the getter (get => field ?? …), not in an initializer.");
            }
        }

        Assert.True(looked > 100, "Hardly any property was looked at.");
    }

    private static bool IsSame(object? one, object? other) =>
        one is IEnumerable many and not string ? other is IEnumerable more && many.Cast<object>().SequenceEqual(more.Cast<object>()) : Equals(one, other);
}
