Console.WriteLine("misar");
